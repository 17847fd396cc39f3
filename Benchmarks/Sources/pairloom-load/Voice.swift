import CollabText
import NIOCore

/// What a member says and hears, in one dialect. Used on the loop of the run alone.
protocol Voice: AnyObject {
    /// What is asked for at the handshake.
    static var subprotocol: String? { get }

    /// Whether the member is in the room as soon as its WebSocket is open, without being told.
    static var isWelcomeUnasked: Bool { get }

    /// Whether the dialect lets the member send its next message now.
    var isReady: Bool { get }

    /// The room's text as this member has it; nil when it keeps none.
    var text: TextBuffer? { get }

    /// Writes the next message.
    ///
    /// - Parameter time: when the message is sent, or ought to be.
    func write(into message: inout ByteBuffer, stamped time: NIODeadline)

    /// Takes a message from the server.
    func receive(_ message: ByteBufferView) throws -> Heard
}

extension Voice {
    var text: TextBuffer? { nil }
}

/// What a message from the server means to the run.
enum Heard {
    /// The member is in the room.
    case welcome
    /// Another member of the room, named by its index, wrote something; when that was sent, if the message tells.
    case delivery(of: Int, sentAt: NIODeadline?)
    /// The member's own message is in.
    case acknowledgement
    /// The member's own message was not taken.
    case refusal(why: String)
    /// Anything else.
    case nothing
}
