import CollabText
import NIOCore
import ProviderKit
import Rooms
import Wire

/// The dialect of clients that know whole texts alone.
final class SeedDialect: Dialect {
    func standing(text: TextBuffer, revision: Revision) -> ByteBuffer {
        FrameEncoder.text(capacity: text.count + 64) { frame in
            ServerMessages.writeCodeUpdate(text: text, revision: revision.rawValue, into: &frame)
        }
    }

    func update(_ change: RoomChange, text: TextBuffer) -> ByteBuffer {
        standing(text: text, revision: change.revision)
    }

    func refusal(_ reason: Refusal, text: TextBuffer, revision: Revision) -> ByteBuffer {
        switch reason {
        case .conflict:
            standing(text: text, revision: revision)
        case .storageUnavailable:
            error(
                MessageError(.storageUnavailable, "Changes cannot be saved at present; keep yours and send it again."))
        }
    }

    /// Tells a client why its message was not taken.
    func error(_ error: MessageError) -> ByteBuffer {
        FrameEncoder.text(capacity: 128) { ServerMessages.writeError(error, into: &$0) }
    }
}
