import NIOCore

/// The dialect of whole texts.
final class SeedVoice: Voice {
    static let subprotocol: String? = nil
    static let isWelcomeUnasked = true

    private static let errorType = Array("\"error\"".utf8)

    /// A text may be sent whatever became of the one before.
    let isReady = true
    private let index: Int

    init(index: Int) {
        self.index = index
    }

    func write(into message: inout ByteBuffer, stamped time: NIODeadline) {
        Update.write(into: &message, writer: index, time: time)
    }

    func receive(_ message: ByteBufferView) -> Heard {
        if let origin = Update.origin(of: message) {
            // A server may send a writer its own text, to put it right; that is no delivery.
            return origin.writer == index ? .nothing : .delivery(of: origin.writer, sentAt: origin.time)
        }
        // The text that the room began with holds no such word.
        guard message.firstRange(of: Self.errorType) != nil else { return .nothing }
        return .refusal(why: String(decoding: message, as: UTF8.self))
    }
}
