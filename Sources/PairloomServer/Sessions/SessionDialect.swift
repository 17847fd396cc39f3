import NIOCore
import ProviderKit
import Rooms
import Wire

/// A dialect, with what a session must know of it beside what a room does.
protocol SessionDialect: Dialect {
    /// How the client's messages are to be read.
    var wire: WireDialect { get }

    /// Whether messages of an unknown type are passed over in silence, instead of being answered by an error.
    var ignoresUnknownTypes: Bool { get }

    /// The first message; nil for the text that stands.
    func greeting(_ greeting: Greeting, of client: ClientID, session: SessionToken) -> ByteBuffer?

    /// Tells a client why its message was not taken.
    func error(_ error: MessageError) -> ByteBuffer
}

extension SessionDialect {
    var ignoresUnknownTypes: Bool { false }

    func error(_ error: MessageError) -> ByteBuffer {
        frame(.error(error, in: wire), capacity: 128)
    }

    func problem(_ problem: PresenceProblem) -> ByteBuffer {
        self.problem(problem, in: "cursor")
    }

    /// What is wrong with a place that a client named in a field.
    func problem(_ problem: PresenceProblem, in field: String) -> ByteBuffer {
        error(MessageError(.invalidMessage, "The field \"\(field)\" is wrong: \(problem)."))
    }

    /// The answer to a client's question what comes next.
    func completion(_ suggestion: String, at revision: Revision, to id: String) -> ByteBuffer {
        frame(
            .completion(id: id, suggestion: suggestion, revision: revision.rawValue),
            capacity: 96 + suggestion.utf8.count)
    }

    /// A message as a frame.
    ///
    /// - Parameter capacity: about how many bytes it will take.
    func frame(_ message: ServerMessage, capacity: Int) -> ByteBuffer {
        FrameEncoder.text(capacity: capacity) { message.write(into: &$0) }
    }
}
