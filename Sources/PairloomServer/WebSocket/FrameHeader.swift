import NIOCore

/// The kinds of frames (RFC 6455, section 5.2).
enum Opcode: UInt8 {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    var isControl: Bool { rawValue & 8 != 0 }
}

/// What stands before the payload of a client's frame.
struct FrameHeader {
    let isFinal: Bool
    let opcode: Opcode
    let length: Int
    /// The key in the order in which the bytes came.
    let maskingKey: UInt32
    /// Bytes that the header takes.
    let size: Int

    /// Reads a header from the front of a buffer, without taking it; nil when some of it is still to come.
    ///
    /// - Throws: when it breaks the rules for what a client may send, as far as its first bytes tell.
    init?(peekingAt buffer: ByteBuffer, messageLimit: Int) throws(Closure) {
        let start = buffer.readerIndex
        guard let first: UInt8 = buffer.getInteger(at: start), let second: UInt8 = buffer.getInteger(at: start + 1)
        else {
            return nil
        }
        guard first & 0x70 == 0 else { throw Closure(.protocolError, "a reserved bit is set") }
        guard let opcode = Opcode(rawValue: first & 0x0F) else { throw Closure(.protocolError, "an unknown opcode") }
        guard second & 0x80 != 0 else { throw Closure(.protocolError, "a client's frame must be masked") }
        isFinal = first & 0x80 != 0
        self.opcode = opcode
        let short = Int(second & 0x7F)
        if opcode.isControl {
            guard isFinal else { throw Closure(.protocolError, "a control frame cannot be fragmented") }
            guard short <= 125 else { throw Closure(.protocolError, "a control frame has at most 125 bytes") }
        }
        guard let (length, size) = try Self.length(in: buffer, at: start + 2, short: short) else { return nil }
        guard opcode.isControl || length <= messageLimit else {
            throw Closure(.messageTooBig, "a message has at most \(messageLimit) bytes")
        }
        guard let key: UInt32 = buffer.getInteger(at: start + 2 + size, endianness: .host) else { return nil }
        self.length = length
        maskingKey = key
        self.size = 2 + size + 4
    }

    /// The length of the payload, and how many bytes told it besides the second one.
    private static func length(
        in buffer: ByteBuffer, at index: Int, short: Int
    ) throws(Closure) -> (length: Int, size: Int)? {
        switch short {
        case 126:
            guard let length: UInt16 = buffer.getInteger(at: index) else { return nil }
            guard length > 125 else { throw Closure(.protocolError, "a length must take the fewest bytes") }
            return (Int(length), 2)
        case 127:
            guard let length: UInt64 = buffer.getInteger(at: index) else { return nil }
            guard length > UInt16.max, length <= Int64.max else {
                throw Closure(.protocolError, "a length must take the fewest bytes, and 63 bits at most")
            }
            return (Int(length), 8)
        default:
            return (short, 0)
        }
    }
}
