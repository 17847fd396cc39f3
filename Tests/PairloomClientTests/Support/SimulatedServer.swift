import CollabText
import PairloomClient
import Wire

/// A server of one room, without sockets: the rules of `pairloom.v1` in the plainest form that is right.
///
/// Keeps every text that there ever was, so that nothing has to be derived.
struct SimulatedServer {
    enum Policy: String, CaseIterable {
        case merge
        case versionChecked = "version-checked"
        case lastWriteWins = "last-write-wins"
    }

    struct LogEntry {
        let author: String
        let editID: String
        let change: TextChange
    }

    struct Member {
        var session: String
        /// Edits made on an older revision are refused: a `resync` has come in between.
        var refusesBefore = 0
    }

    let policy: Policy
    private(set) var texts: [TextBuffer]
    private(set) var log: [LogEntry] = []
    /// Edits that made no sense; there must be none.
    private(set) var invalidEdits = 0
    /// Whom the server knows, by a name of the connection.
    private(set) var members: [Int: Member] = [:]
    /// What became of the edits, by session and id.
    private var outcomes: [String: Int] = [:]
    private var sessionCount = 0
    /// Changes up to here are no longer held.
    private var oldestHeld = 0

    init(policy: Policy, text: TextBuffer = "") {
        self.policy = policy
        texts = [text]
    }

    var revision: Int { log.count }
    var text: TextBuffer { texts[log.count] }

    /// A client id is its session's name here.
    func clientID(of member: Int) -> String? { members[member]?.session }

    mutating func join(_ member: Int, resuming resumption: Resumption?) -> ServerMessage {
        if let resumption {
            members[member] = Member(session: resumption.session)
            guard resumption.revision < oldestHeld else {
                return welcome(resumption.session, .edits((resumption.revision..<revision).map(loggedEdit)))
            }
            return welcome(resumption.session, .code(text))
        }
        sessionCount += 1
        let session = "session-\(sessionCount)"
        members[member] = Member(session: session)
        return welcome(session, .code(text))
    }

    mutating func leave(_ member: Int) {
        members[member] = nil
    }

    /// Forgets the changes so far, as when the room was closed meanwhile.
    mutating func forgetChanges() {
        oldestHeld = revision
    }

    /// Tells a member to start over.
    mutating func resync(_ member: Int) -> ServerMessage {
        let newest = revision
        members[member]?.refusesBefore = newest
        return .resync(revision: revision, code: text)
    }

    /// Takes an edit of a member and says what is sent to whom.
    mutating func receive(_ edit: EditMessage, from member: Int) -> [(to: Int, ServerMessage)] {
        guard let author = members[member] else { return [] }
        let key = "\(author.session)/\(edit.id)"
        if let known = outcomes[key] { return [(member, .ack(id: edit.id, revision: known, resyncs: false))] }
        guard edit.revision >= author.refusesBefore else { return [(member, rejection(of: edit, .conflict))] }
        guard edit.revision <= revision,
            let change = try? TextChange(baseLength: texts[edit.revision].count, replacements: edit.changes),
            !change.breaksPairs(in: texts[edit.revision])
        else {
            invalidEdits += 1
            return [(member, rejection(of: edit, .invalid))]
        }
        guard let applied = resolve(change, on: edit.revision) else {
            return [(member, rejection(of: edit, .conflict))]
        }
        let isStale = edit.revision < revision
        let made = apply(applied, LogEntry(author: author.session, editID: edit.id, change: applied))
        outcomes[key] = revision
        var answers: [(to: Int, ServerMessage)] = []
        if made {
            for other in members.keys.sorted() where other != member {
                answers.append(
                    (other, .edit(revision: revision, author: author.session, changes: applied.replacements)))
            }
        }
        let resyncs = policy == .lastWriteWins && isStale
        answers.append((member, .ack(id: edit.id, revision: revision, resyncs: resyncs)))
        if resyncs { answers.append((member, resync(member))) }
        return answers
    }

    func rejection(of edit: EditMessage, _ reason: RejectionReason) -> ServerMessage {
        .rejected(RejectedEdit(id: edit.id, reason: reason, revision: revision, remedy: nil, detail: nil))
    }

    /// The change as the policy makes it at the newest revision; nil when it refuses.
    private func resolve(_ change: TextChange, on base: Int) -> TextChange? {
        switch policy {
        case .merge: log[base...].reduce(change) { $0.transformed(over: $1.change) }
        case .versionChecked: base == revision ? change : nil
        case .lastWriteWins: .difference(from: text, to: texts[base].applying(change))
        }
    }

    private mutating func apply(_ change: TextChange, _ entry: LogEntry) -> Bool {
        guard !change.leavesAsIs(text) else { return false }
        texts.append(text.applying(change))
        log.append(entry)
        return true
    }

    private func loggedEdit(after revision: Int) -> LoggedEdit {
        LoggedEdit(
            revision: revision + 1, author: log[revision].author, changes: log[revision].change.replacements)
    }

    private func welcome(_ session: String, _ start: Welcome.Start) -> ServerMessage {
        .welcome(
            Welcome(
                clientID: session, session: session, revision: revision, saved: 0, language: "python",
                policy: policy.rawValue,
                limits: WelcomeLimits(document: 1_000_000, message: 1_000_000, members: 64, messagesPerSecond: 100),
                members: [], start: start))
    }
}
