import ProviderKit

/// The changes of a room that the store does not have yet.
struct Unsaved {
    /// The revision that the next change taken for a commit leads to.
    private var first: Revision
    private var payloads = PayloadRun()
    private var newest = Timestamp(milliseconds: 0)
    /// Where a change is encoded; kept, so that a keystroke needs no memory of its own.
    private var scratch: [UInt8] = []

    /// - Parameter revision: the newest that the store has.
    init(after revision: Revision) {
        first = revision.next
    }

    var isEmpty: Bool { payloads.isEmpty }

    /// Adds a change and returns how many bytes wait because of it.
    mutating func append(_ change: RoomChange) -> Int {
        let before = payloads.framed.count
        scratch.removeAll(keepingCapacity: scratch.capacity <= 4_096)
        change.encode(into: &scratch)
        payloads.append(scratch)
        newest = change.at
        return payloads.framed.count - before
    }

    /// What waits, which is then on its way.
    ///
    /// - Parameter limit: about how many bytes are taken at the most; one change is always taken.
    mutating func take(upTo limit: Int, room: RoomID) -> RoomAppend? {
        guard !payloads.isEmpty else { return nil }
        let taken = payloads.removeFirst(upTo: limit)
        let append = RoomAppend(room: room, first: first, payloads: taken, at: newest)
        first = append.last.next
        return append
    }
}
