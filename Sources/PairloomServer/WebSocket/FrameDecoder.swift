import NIOCore

/// Puts together what a client sent: the receiving half of RFC 6455 as a value, without a socket.
///
/// Takes bytes in pieces of any size. Holds at most one message and one frame, each within the message limit.
struct FrameDecoder {
    /// Something whole.
    enum Event: Hashable {
        /// A text message: well-formed UTF-8.
        case text(ByteBuffer)
        case ping(ByteBuffer)
        case pong(ByteBuffer)
        /// The client's close frame, checked.
        case close(Closure)
    }

    /// Bytes that a message may have; a message that has begun may have as many as when it did.
    var messageLimit: Int
    /// What holds for the message that is coming in.
    private var limit: Int
    /// Whether the header of a frame is here whose payload is not.
    private var isInFrame = false
    private var bytes = ByteBuffer()
    /// The fragments so far of a message that is not whole yet.
    private var fragments: ByteBuffer?

    /// For how much of a payload room is made before it comes, in bytes: a header costs its sender nothing.
    private static let longestReserve = 1 << 20

    /// - Parameter messageLimit: bytes that a message may have.
    init(messageLimit: Int) {
        self.messageLimit = messageLimit
        limit = messageLimit
    }

    /// Takes bytes from the wire.
    mutating func append(_ buffer: ByteBuffer) {
        if bytes.readableBytes == 0 {
            bytes = buffer
        } else {
            bytes.discardReadBytes()
            bytes.writeImmutableBuffer(buffer)
        }
    }

    /// The next thing that is whole; nil when more bytes are needed.
    ///
    /// - Throws: how the connection must end, when the client broke the protocol. Nothing can be read afterwards.
    mutating func next() throws(Closure) -> Event? {
        while true {
            if !isInFrame, fragments == nil { limit = messageLimit }
            guard let header = try FrameHeader(peekingAt: bytes, messageLimit: limit) else { break }
            // The header is here; of the payload, as much as is behind it.
            let missing = header.length - (bytes.readableBytes - header.size)
            guard missing <= 0 else {
                isInFrame = true
                bytes.reserveCapacity(minimumWritableBytes: min(missing, Self.longestReserve))
                return nil
            }
            isInFrame = false
            if let event = try take(header) { return event }
        }
        // A connection that says nothing must not hold on to the buffer that it last spoke with.
        if bytes.readableBytes == 0 { bytes = ByteBuffer() }
        return nil
    }

    private mutating func take(_ header: FrameHeader) throws(Closure) -> Event? {
        bytes.moveReaderIndex(forwardBy: header.size)
        bytes.unmask(count: header.length, with: header.maskingKey)
        guard let payload = bytes.readSlice(length: header.length) else { return nil }
        switch header.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        case .close: return .close(try Self.closure(payload))
        case .binary: throw Closure(.unsupportedData, "messages are text")
        case .text: return try begin(payload, isFinal: header.isFinal)
        case .continuation: return try goOn(payload, isFinal: header.isFinal)
        }
    }

    private mutating func begin(_ payload: ByteBuffer, isFinal: Bool) throws(Closure) -> Event? {
        guard fragments == nil else { throw Closure(.protocolError, "a message inside of a fragmented message") }
        if isFinal { return try Self.text(payload) }
        fragments = payload
        return nil
    }

    private mutating func goOn(_ payload: ByteBuffer, isFinal: Bool) throws(Closure) -> Event? {
        guard var message = fragments else { throw Closure(.protocolError, "a continuation of nothing") }
        fragments = nil
        guard message.readableBytes + payload.readableBytes <= limit else {
            throw Closure(.messageTooBig, "a message has at most \(limit) bytes")
        }
        message.writeImmutableBuffer(payload)
        if isFinal { return try Self.text(message) }
        fragments = message
        return nil
    }

    private static func text(_ payload: ByteBuffer) throws(Closure) -> Event {
        guard payload.isUTF8 else { throw Closure(.invalidUTF8, "a message must be UTF-8") }
        return .text(payload)
    }

    private static func closure(_ payload: ByteBuffer) throws(Closure) -> Closure {
        var payload = payload
        if payload.readableBytes == 0 { return Closure(nil) }
        guard let number: UInt16 = payload.readInteger(), CloseCode(number).isSendable else {
            throw Closure(.protocolError, "no such close code")
        }
        guard payload.isUTF8 else { throw Closure(.invalidUTF8, "a reason must be UTF-8") }
        return Closure(CloseCode(number), String(buffer: payload))
    }
}

extension ByteBuffer {
    /// Whether the readable bytes are well-formed UTF-8.
    var isUTF8: Bool {
        withUnsafeReadableBytes { bytes in
            bytes.withMemoryRebound(to: UInt8.self) { (try? UTF8Span(validating: $0.span)) != nil }
        }
    }

    /// Takes a mask off (or puts it on) the first readable bytes, in place, eight at a time.
    mutating func unmask(count: Int, with key: UInt32) {
        withUnsafeMutableReadableBytes { bytes in
            let wide = UInt64(key) << 32 | UInt64(key)
            var index = 0
            while index + 8 <= count {
                let masked = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                bytes.storeBytes(of: masked ^ wide, toByteOffset: index, as: UInt64.self)
                index += 8
            }
            // Eight is a multiple of four, so the rest begins with the key's first byte again.
            withUnsafeBytes(of: key) { key in
                while index < count {
                    bytes[index] ^= key[index & 3]
                    index += 1
                }
            }
        }
    }
}
