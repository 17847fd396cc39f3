package import NIOCore

extension ByteBufferAllocator {
    /// A whole WebSocket frame from a client, which must be masked; its payload must be shorter than 64 KiB.
    package func maskedFrame(opcode: UInt8, mask: [UInt8], payload write: (inout ByteBuffer) -> Void) -> ByteBuffer {
        var frame = buffer(capacity: 320)
        // The header is as long as the payload wants it; it is put right before the payload, once that is there.
        let start = 4 + mask.count
        frame.moveWriterIndex(to: start)
        frame.moveReaderIndex(to: start)
        write(&frame)
        let length = frame.readableBytes
        frame.mask(with: mask)
        let header = length < 126 ? 2 : 4
        frame.moveReaderIndex(to: start - mask.count - header)
        frame.setInteger(0x80 | opcode, at: frame.readerIndex)
        frame.setInteger(0x80 | (length < 126 ? UInt8(length) : 126), at: frame.readerIndex + 1)
        if length >= 126 { frame.setInteger(UInt16(length), at: frame.readerIndex + 2) }
        frame.setBytes(mask, at: start - mask.count)
        return frame
    }
}

extension ByteBuffer {
    fileprivate mutating func mask(with mask: [UInt8]) {
        withUnsafeMutableReadableBytes { bytes in
            for index in bytes.indices { bytes[index] ^= mask[index & 3] }
        }
    }
}
