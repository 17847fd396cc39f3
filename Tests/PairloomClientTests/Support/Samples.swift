import CollabText
import PairloomClient
import Wire

extension Replica {
    /// A replica that was just welcomed into a room.
    static func joined(_ text: TextBuffer, revision: Int = 0) -> Replica {
        var replica = Replica()
        _ = replica.receive(.welcome(text, revision: revision))
        return replica
    }

    /// Lets the user insert a text.
    mutating func type(_ text: String, at position: Int) -> [ReplicaEffect] {
        edit(.insertion(text, at: position, length: self.text.count))
    }
}

extension TextChange {
    static func insertion(_ text: String, at position: Int, length: Int) -> TextChange {
        replacement(position..<position, text, length: length)
    }

    static func replacement(_ range: Range<Int>, _ text: String, length: Int) -> TextChange {
        (try? TextChange(baseLength: length, replacements: [.init(range, insert: Array(text.utf16))]))
            ?? .identity(length: length)
    }
}

extension ServerMessage {
    static func welcome(
        _ text: TextBuffer, revision: Int, session: String = "session", members: [MemberPresence] = []
    ) -> ServerMessage {
        .welcome(.sample(.code(text), revision: revision, session: session, members: members))
    }

    static func resumed(_ edits: [LoggedEdit], revision: Int) -> ServerMessage {
        .welcome(.sample(.edits(edits), revision: revision))
    }

    /// Another member's insertion.
    static func insertion(_ text: String, at position: Int, revision: Int) -> ServerMessage {
        .edit(revision: revision, author: "other", changes: [.init(position..<position, insert: Array(text.utf16))])
    }

    static func ack(_ id: String, _ revision: Int) -> ServerMessage {
        .ack(id: id, revision: revision, resyncs: false)
    }

    static func rejected(_ id: String, _ reason: RejectionReason, revision: Int) -> ServerMessage {
        .rejected(RejectedEdit(id: id, reason: reason, revision: revision))
    }
}

extension Welcome {
    fileprivate static func sample(
        _ start: Start, revision: Int, session: String = "session", members: [MemberPresence] = []
    ) -> Welcome {
        Welcome(
            clientID: "me", session: session, revision: revision, saved: 0, language: "python",
            policy: "merge",
            limits: WelcomeLimits(document: 1_000_000, message: 1_000_000, members: 64, messagesPerSecond: 100),
            members: members, start: start)
    }
}

extension LoggedEdit {
    static func insertion(_ text: String, at position: Int, revision: Int, author: String) -> LoggedEdit {
        LoggedEdit(
            revision: revision, author: author, changes: [.init(position..<position, insert: Array(text.utf16))])
    }
}

extension [ReplicaEffect] {
    /// The edits that are to be sent.
    var edits: [EditMessage] {
        compactMap { if case .send(.edit(let edit)) = $0 { edit } else { nil } }
    }

    /// What the user is told, without presence.
    var events: [ClientEvent] {
        compactMap {
            if case .tell(let event) = $0, !event.isPresence { event } else { nil }
        }
    }
}

extension ClientEvent {
    fileprivate var isPresence: Bool {
        if case .presence = self { true } else { false }
    }
}

extension EditMessage {
    /// An edit that is one insertion.
    static func insertion(_ id: String, on revision: Int, _ text: String, at position: Int) -> EditMessage {
        EditMessage(
            id: id, revision: revision, changes: [.init(position..<position, insert: Array(text.utf16))])
    }
}
