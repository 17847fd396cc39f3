import CollabText
import NIOCore
import ProviderKit
import Rooms
import Wire

/// The dialect of clients that know only whole texts.
final class SeedDialect: SessionDialect {
    var wire: WireDialect { .seed }

    /// The server that these clients were written for ignored whatever it did not know, such as `ping` or `cursor`.
    var ignoresUnknownTypes: Bool { true }

    func greeting(_ greeting: Greeting, of client: ClientID, session: SessionToken) -> ByteBuffer? { nil }

    func standing(text: TextBuffer, revision: Revision) -> ByteBuffer {
        frame(.codeUpdate(code: text, revision: revision.rawValue), capacity: text.count + 64)
    }

    func update(_ change: RoomChange, text: TextBuffer) -> ByteBuffer {
        standing(text: text, revision: change.revision)
    }

    func acknowledgement(of id: EditID, at revision: Revision, textFollows: Bool) -> ByteBuffer? { nil }

    func refusal(_ refusal: Refusal, of id: EditID?, text: TextBuffer, revision: Revision) -> ByteBuffer? {
        MessageError(refusal).map(error)
    }

    var tellsNews: Bool { false }

    func saved(_ revision: Revision) -> ByteBuffer? { nil }

    func presence(_ members: [MemberDescription]) -> ByteBuffer? { nil }
}

extension MessageError {
    /// Tells a client that it sends too much.
    ///
    /// - Parameter id: the name of the edit that was not taken, if it was one and has a name.
    static func rateLimited(_ id: String?) -> MessageError {
        MessageError(.rateLimited, "Too many messages a second; this one was not taken.", editID: id)
    }

    /// What a client is told that gave its edit no name; nil when the text that stands says it all.
    init?(_ refusal: Refusal) {
        switch refusal.reason {
        case .conflict:
            return nil
        case .invalid:
            self.init(.invalidText, refusal.detail ?? "This is no edit of the text that it was made on.")
        case .tooLarge:
            self.init(.tooLarge, refusal.detail ?? "The text would be too long.")
        case .rateLimited:
            self = .rateLimited(nil)
        case .storageUnavailable:
            self.init(.storageUnavailable, "Changes cannot be saved at present; keep yours and send it again.")
        }
    }
}
