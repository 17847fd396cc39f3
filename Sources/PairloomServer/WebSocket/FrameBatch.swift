import NIOCore

/// Frames of one connection that go out together: each write of its own costs more than copying a small frame.
struct FrameBatch {
    /// The longest run of bytes that frames are put together into.
    private static let limit = 16_384

    private var waiting = ByteBuffer()
    /// Whether `waiting` holds several frames, and is ours to write to; a single frame is shared with other connections.
    private var isJoined = false
    /// The memory of the last batch, for the next.
    private var spare = ByteBuffer()

    /// Adds a frame; what has to be written first, since it would not fit, comes back.
    mutating func add(_ frame: ByteBuffer) -> ByteBuffer? {
        guard waiting.readableBytes > 0 else {
            waiting = frame
            return nil
        }
        guard waiting.readableBytes + frame.readableBytes <= Self.limit else {
            defer { waiting = frame }
            return take()
        }
        if !isJoined {
            spare.clear(minimumCapacity: 1_024)
            spare.writeImmutableBuffer(waiting)
            swap(&spare, &waiting)
            spare = ByteBuffer()
            isJoined = true
        }
        waiting.writeImmutableBuffer(frame)
        return nil
    }

    /// Everything that waits, to be written now; nil when nothing does.
    mutating func take() -> ByteBuffer? {
        guard waiting.readableBytes > 0 else { return nil }
        defer {
            if isJoined { spare = waiting }
            waiting = ByteBuffer()
            isJoined = false
        }
        return waiting
    }
}
