import NIOCore
import ProviderKit
import Rooms
import Wire

/// A dialect, with what a session must know of it beside what a room does.
protocol SessionDialect: Dialect {
    /// How the client's messages are to be read.
    var wire: WireDialect { get }

    /// The first message; nil for the text that stands.
    func greeting(_ greeting: Greeting, of client: ClientID, session: SessionToken) -> ByteBuffer?

    /// Tells a client why its message was not taken.
    func error(_ error: MessageError) -> ByteBuffer
}

extension SessionDialect {
    func error(_ error: MessageError) -> ByteBuffer {
        frame(.error(error), capacity: 128)
    }

    func problem(_ problem: PresenceProblem) -> ByteBuffer {
        error(MessageError(.invalidMessage, "The field \"cursor\" is wrong: \(problem)."))
    }

    /// A message as a frame.
    ///
    /// - Parameter capacity: about how many bytes it will take.
    func frame(_ message: ServerMessage, capacity: Int) -> ByteBuffer {
        FrameEncoder.text(capacity: capacity) { message.write(into: &$0) }
    }
}
