import CollabText
import NIOCore
import ProviderKit
import Rooms
import Wire

/// The dialect of clients that send and receive changes: `pairloom.v1`.
final class ChangeDialect: SessionDialect {
    private let live: LiveSettings

    /// - Parameter live: where the limits are found that clients are told.
    init(live: LiveSettings) {
        self.live = live
    }

    var wire: WireDialect { .change }

    func greeting(_ greeting: Greeting, of client: ClientID, session: SessionToken) -> ByteBuffer? {
        let members = greeting.members.map(MemberPresence.init)
        let welcome = Welcome(
            clientID: client.rawValue, session: session.rawValue, revision: greeting.revision.rawValue,
            saved: greeting.savedRevision.rawValue, language: greeting.language, policy: greeting.policy,
            limits: WelcomeLimits(live.current.limits), members: members,
            start: start(greeting))
        let length = greeting.isResumed ? 0 : greeting.text.count
        return frame(.welcome(welcome), capacity: length + 512 + 96 * members.count)
    }

    private func start(_ greeting: Greeting) -> Welcome.Start {
        guard let missed = greeting.missed else { return .code(greeting.text) }
        let first = greeting.revision.rawValue - missed.count + 1
        return .edits(
            missed.enumerated().map { index, entry in
                LoggedEdit(
                    revision: first + index, author: entry.author.rawValue, changes: entry.change.replacements)
            })
    }

    func standing(text: TextBuffer, revision: Revision) -> ByteBuffer {
        frame(.resync(revision: revision.rawValue, code: text), capacity: text.count + 64)
    }

    func update(_ change: RoomChange, text: TextBuffer) -> ByteBuffer {
        frame(
            .edit(
                revision: change.revision.rawValue, author: change.author.rawValue,
                changes: change.change.replacements),
            capacity: change.change.insertedCount + 96 + 48 * change.change.replacements.count)
    }

    func acknowledgement(of id: EditID, at revision: Revision, textFollows: Bool) -> ByteBuffer? {
        frame(.ack(id: id.rawValue, revision: revision.rawValue, resyncs: textFollows), capacity: 96)
    }

    func refusal(_ refusal: Refusal, of id: EditID?, text: TextBuffer, revision: Revision) -> ByteBuffer? {
        guard let id else { return MessageError(refusal).map(error) }
        var remedy: RejectedEdit.Remedy?
        if refusal.reason == .conflict { remedy = refusal.missed.map { .changes($0.replacements) } ?? .code(text) }
        let rejected = RejectedEdit(
            id: id.rawValue, reason: RejectionReason(refusal.reason), revision: revision.rawValue, remedy: remedy,
            detail: refusal.detail)
        return frame(.rejected(rejected), capacity: 256)
    }

    var tellsNews: Bool { true }

    func saved(_ revision: Revision) -> ByteBuffer? {
        frame(.saved(revision: revision.rawValue), capacity: 48)
    }

    func presence(_ members: [MemberDescription]) -> ByteBuffer? {
        frame(.presence(members.map(MemberPresence.init)), capacity: 64 + 96 * members.count)
    }
}

extension WelcomeLimits {
    /// What a client may know of the limits.
    fileprivate init(_ limits: ServerLimits) {
        self.init(
            document: limits.document, message: limits.message, members: limits.membersPerRoom,
            messagesPerSecond: limits.messagesPerSecond)
    }
}

extension MemberPresence {
    fileprivate init(_ member: MemberDescription) {
        self.init(
            clientID: member.id.rawValue, name: member.presence.name, color: member.presence.color,
            cursor: member.presence.selection.map { Cursor(anchor: $0.anchor, head: $0.head) })
    }
}

extension RejectionReason {
    fileprivate init(_ reason: Refusal.Reason) {
        switch reason {
        case .conflict: self = .conflict
        case .invalid: self = .invalid
        case .tooLarge: self = .tooLarge
        case .rateLimited: self = .rateLimited
        case .storageUnavailable: self = .storageUnavailable
        }
    }
}
