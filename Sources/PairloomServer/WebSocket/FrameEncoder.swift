import NIOCore

/// Writes a server's frames: whole, unmasked (RFC 6455, section 5.2).
enum FrameEncoder {
    /// The most that a header takes.
    private static let longestHeader = 10

    /// A text frame whose payload `body` writes; the header goes in front of it without moving the payload.
    static func text(capacity: Int, _ body: (inout ByteBuffer) -> Void) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: capacity + longestHeader)
        buffer.moveWriterIndex(to: longestHeader)
        buffer.moveReaderIndex(to: longestHeader)
        body(&buffer)
        let length = buffer.readableBytes
        let start = longestHeader - headerSize(length)
        buffer.moveReaderIndex(to: start)
        writeHeader(.text, length: length, at: start, into: &buffer)
        return buffer
    }

    /// A control frame.
    ///
    /// - Parameter payload: at most 125 bytes.
    static func control(_ opcode: Opcode, _ payload: ByteBuffer = ByteBuffer()) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: payload.readableBytes + 2)
        buffer.writeInteger(0x80 | opcode.rawValue)
        buffer.writeInteger(UInt8(truncatingIfNeeded: payload.readableBytes))
        buffer.writeImmutableBuffer(payload)
        return buffer
    }

    /// A close frame; a reason that is too long is cut.
    static func close(_ closure: Closure) -> ByteBuffer {
        guard let code = closure.code else { return control(.close) }
        var payload = ByteBuffer(integer: code.rawValue)
        var reason = closure.reason
        while reason.utf8.count > 123 { reason.removeLast() }
        payload.writeString(reason)
        return control(.close, payload)
    }

    private static func headerSize(_ length: Int) -> Int {
        if length < 126 { return 2 }
        return length <= UInt16.max ? 4 : 10
    }

    private static func writeHeader(_ opcode: Opcode, length: Int, at index: Int, into buffer: inout ByteBuffer) {
        buffer.setInteger(0x80 | opcode.rawValue, at: index)
        switch headerSize(length) {
        case 2:
            buffer.setInteger(UInt8(truncatingIfNeeded: length), at: index + 1)
        case 4:
            buffer.setInteger(126 as UInt8, at: index + 1)
            buffer.setInteger(UInt16(truncatingIfNeeded: length), at: index + 2)
        default:
            buffer.setInteger(127 as UInt8, at: index + 1)
            buffer.setInteger(UInt64(length), at: index + 2)
        }
    }
}
