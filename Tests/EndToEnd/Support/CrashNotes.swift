import CollabText
import PairloomClient

/// What one who types knows of the edits, each known by its marker.
struct CrashNotes {
    /// Typed, and not acknowledged yet: must be in the text once everything is acknowledged.
    var unanswered: [UInt16] = []
    /// Acknowledged by the server that runs now, with the revision: must be in the text.
    private var acknowledged: [UInt16: Int] = [:]
    /// Said to be saved: must be in the text, whatever happens.
    private var kept: Set<UInt16> = []
    /// Acknowledged, and not said to be saved when the server died or started over: may be in the text.
    private(set) var doubtful: Set<UInt16> = []
    /// The newest revision that was said to be saved by the server that runs now.
    private(set) var saved = 0
    /// The revision of the room at the first welcome of the server that runs now.
    private(set) var firstRevision: Int?

    /// What must be in the text, once each.
    var certain: Set<UInt16> { kept.union(acknowledged.keys).union(unanswered) }

    mutating func note(_ event: ClientEvent, _ replica: Replica) {
        switch event {
        case .connected: firstRevision = firstRevision ?? replica.revision
        case .acknowledged(_, let revision): didAcknowledge(revision, leaving: replica)
        case .saved(let revision): didSave(revision)
        // The commit that a server was killed in may come to its end when the next one runs, which then starts over.
        case .changed(_, by: nil): giveUp()
        default: break
        }
    }

    /// Notes that everything is acknowledged but what is in flight again: a client sends all that waits at once.
    private mutating func didAcknowledge(_ revision: Int, leaving replica: Replica) {
        let inFlight = replica.inFlight?.change.replacements.flatMap(\.insert) ?? []
        for marker in unanswered where !inFlight.contains(marker) { acknowledged[marker] = revision }
        unanswered.removeAll { acknowledged[$0] != nil }
    }

    private mutating func didSave(_ revision: Int) {
        saved = max(saved, revision)
        kept.formUnion(acknowledged.filter { $0.value <= revision }.keys)
        acknowledged = acknowledged.filter { $0.value > revision }
    }

    private mutating func giveUp() {
        doubtful.formUnion(acknowledged.keys)
        acknowledged = [:]
    }

    /// Draws the line under a server that is dead.
    mutating func closeChapter() {
        giveUp()
        saved = 0
        firstRevision = nil
    }
}
