import NIOCore

/// Finds out whether a client has read that its room was replaced, by a ping behind that message.
///
/// Every client answers pings by itself and in order, so what comes before the answer was written before the client knew,
/// on a text whose revisions mean nothing any more.
struct UnreadRestarts {
    /// How many restarts were sent, and how many were answered for.
    private var sent = UInt32(0)
    private var answered = UInt32(0)

    /// Whether what the client writes may still mean the old text.
    var isEmpty: Bool { sent == answered }

    /// Notes that a restart was sent; what comes back is to be sent after it, as a ping.
    mutating func didSend() -> ByteBuffer {
        sent &+= 1
        return Self.payload(sent)
    }

    /// Takes a pong; false when it answers for something else.
    mutating func didAnswer(_ payload: ByteBuffer) -> Bool {
        guard !isEmpty, payload == Self.payload(sent) else { return false }
        answered = sent
        return true
    }

    /// Four bytes, where a revision has eight.
    private static func payload(_ number: UInt32) -> ByteBuffer {
        ByteBuffer(integer: number)
    }
}
