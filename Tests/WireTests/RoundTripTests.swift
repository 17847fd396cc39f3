import CollabText
import NIOCore
import Testing
import Wire

@Suite("Random messages come back as they were")
struct RoundTripTests {
    private let seed = UInt64.random(in: .min ... .max)

    @Test("those of clients")
    func clientMessages() throws {
        var messages = RandomMessages(seed: seed)
        for _ in 0..<3_000 {
            let message = messages.clientMessage()
            var buffer = ByteBuffer()
            message.write(into: &buffer)
            let read = try ClientMessage(decoding: buffer, in: .change, documentLimit: 1 << 20)
            #expect(read == message, "seed \(seed)")
        }
    }

    @Test("those of the server")
    func serverMessages() throws {
        var messages = RandomMessages(seed: seed)
        for _ in 0..<3_000 {
            let message = messages.serverMessage()
            var buffer = ByteBuffer()
            message.write(into: &buffer)
            #expect(try ServerMessage(decoding: buffer) == message, "seed \(seed)")
        }
    }

    @Test("what is written is JSON, whole numbers and all")
    func json() throws {
        var messages = RandomMessages(seed: seed)
        for _ in 0..<1_000 {
            var buffer = ByteBuffer()
            messages.serverMessage().write(into: &buffer)
            let value = try buffer.withUnsafeReadableBytes { try JSONValue(parsing: $0) }
            var again = ByteBuffer()
            again.writeJSON(value)
            #expect(again == buffer, "seed \(seed)")
        }
    }

    @Test("numbers and strings are written as JSON has them")
    func values() {
        var buffer = ByteBuffer()
        for number in [0, 7, -7, 10, -100, .max, .min] {
            buffer.clear()
            buffer.writeJSON(number)
            #expect(String(buffer: buffer) == "\(number)")
        }
        for (text, json) in [("", #""""#), ("a b", #""a b""#), ("a\"\\\n\u{1F}é😀", #""a\"\\\n\u001fé😀""#)] {
            buffer.clear()
            buffer.writeJSON(text)
            buffer.writeJSON(Array(text.utf16))
            #expect(String(buffer: buffer) == json + json)
        }
        let long = [UInt16](repeating: 0x22, count: 5_000) + [0xD83D]
        buffer.clear()
        buffer.writeJSON(long)
        #expect(String(buffer: buffer) == "\"" + String(repeating: #"\""#, count: 5_000) + "\u{FFFD}\"")
    }
}
