import NIOCore

/// A message of the dialect of whole texts: `{"type":"code_update","code":"@<writer>.<time> xxxx…"}`, 300 bytes long.
///
/// The text carries who wrote it and when, so that it differs from every text before it and tells its own latency.
enum Update {
    /// The bytes of a message without its WebSocket header.
    static let length = 300

    private static let opening = Array(#"{"type":"code_update","code":""#.utf8)
    private static let ending = Array(#""}"#.utf8)
    private static let mark = UInt8(ascii: "@")
    private static let filler = UInt8(ascii: "x")
    private static let writerDigits = 5
    private static let timeDigits = 19

    /// What a received text says about itself.
    struct Origin {
        let writer: Int
        let time: NIODeadline
    }

    /// Writes the update of a writer.
    ///
    /// - Parameter time: when the message is sent, or ought to be.
    static func write(into message: inout ByteBuffer, writer: Int, time: NIODeadline) {
        let start = message.writerIndex
        message.writeBytes(opening)
        message.writeInteger(mark)
        writeDigits(UInt64(writer), count: writerDigits, to: &message)
        message.writeInteger(UInt8(ascii: "."))
        writeDigits(time.uptimeNanoseconds, count: timeDigits, to: &message)
        message.writeInteger(UInt8(ascii: " "))
        message.writeRepeatingByte(filler, count: length - (message.writerIndex - start) - ending.count)
        message.writeBytes(ending)
    }

    /// Who wrote the update in a payload, and when; nil for a message that is not one of ours.
    static func origin(of payload: ByteBufferView) -> Origin? {
        guard let at = payload.firstIndex(of: mark) else { return nil }
        let time = at + 1 + writerDigits + 1
        guard time + timeDigits <= payload.endIndex else { return nil }
        return Origin(
            writer: Int(number(payload[(at + 1)..<(time - 1)])),
            time: .uptimeNanoseconds(number(payload[time..<(time + timeDigits)])))
    }

    private static func writeDigits(_ number: UInt64, count: Int, to buffer: inout ByteBuffer) {
        let start = buffer.writerIndex
        buffer.writeRepeatingByte(UInt8(ascii: "0"), count: count)
        var rest = number
        for place in (start..<(start + count)).reversed() {
            buffer.setInteger(UInt8(ascii: "0") + UInt8(rest % 10), at: place)
            rest /= 10
        }
    }

    private static func number(_ digits: ByteBufferView) -> UInt64 {
        digits.reduce(0) { $0 &* 10 &+ UInt64($1 &- UInt8(ascii: "0")) }
    }
}
