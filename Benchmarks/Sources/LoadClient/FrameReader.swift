package import NIOCore

/// Cuts a stream of bytes from a server into WebSocket frames, without copying those that arrive whole.
///
/// NIO's own decoder would do the same; it costs the generator, which must keep up with fifty members on one core, most
/// of its time. Fragments are reported as they come: no server under test sends any.
package struct FrameReader {
    /// One frame, from a server and so not masked.
    package struct Frame {
        package let opcode: UInt8
        package let payload: ByteBufferView
    }

    package static let text: UInt8 = 0x1
    package static let close: UInt8 = 0x8
    package static let ping: UInt8 = 0x9
    package static let pong: UInt8 = 0xA

    private var buffer = ByteBuffer()

    package init() {}

    /// Adds what has arrived.
    package mutating func append(_ bytes: inout ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.writeBuffer(&bytes)
        }
    }

    /// The next frame that is complete.
    package mutating func next() -> Frame? {
        let start = buffer.readerIndex
        guard let first = buffer.getInteger(at: start, as: UInt8.self),
            let (length, header) = payloadLength(at: start),
            let payload = buffer.viewBytes(at: start + header, length: length)
        else { return nil }
        buffer.moveReaderIndex(forwardBy: header + length)
        return Frame(opcode: first & 0x0F, payload: payload)
    }

    /// The length of the payload of the frame at an index, and of the header before it.
    private func payloadLength(at start: Int) -> (length: Int, header: Int)? {
        guard let short = buffer.getInteger(at: start + 1, as: UInt8.self) else { return nil }
        switch short & 0x7F {
        case 126: return buffer.getInteger(at: start + 2, as: UInt16.self).map { (Int($0), 4) }
        case 127: return buffer.getInteger(at: start + 2, as: UInt64.self).map { (Int($0), 10) }
        default: return (Int(short & 0x7F), 2)
        }
    }
}
