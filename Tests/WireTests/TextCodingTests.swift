import CollabText
import NIOCore
import Testing
import Wire

@Suite("Texts on the wire")
struct TextCodingTests {
    private func encode(_ text: TextBuffer, revision: Int = 3) -> ByteBuffer {
        var buffer = ByteBuffer()
        ServerMessage.codeUpdate(code: text, revision: revision).write(into: &buffer)
        return buffer
    }

    private func decode(_ message: ByteBuffer) throws -> ClientMessage {
        try ClientMessage(decoding: message, in: .seed, documentLimit: 8 << 20)
    }

    @Test("a code_update is compact JSON with its fields in one order")
    func codeUpdate() {
        #expect(String(buffer: encode("a\n", revision: 12)) == #"{"type":"code_update","code":"a\n","revision":12}"#)
        #expect(String(buffer: encode("")) == #"{"type":"code_update","code":"","revision":3}"#)
    }

    @Test("an error is compact JSON with its code and its detail")
    func error() {
        var buffer = ByteBuffer()
        ServerMessage.error(MessageError(.invalidText, "Say \"a\".", editID: "e"), in: .change).write(into: &buffer)
        #expect(String(buffer: buffer) == #"{"type":"error","code":"invalid_text","detail":"Say \"a\"."}"#)
    }

    @Test("the error codes are those of the protocol")
    func codes() {
        let names = [
            "invalid_json", "unknown_type", "invalid_message", "invalid_text", "too_large", "rate_limited",
            "storage_unavailable", "conflict",
        ]
        #expect(MessageErrorCode.allCases.map(\.rawValue) == names)
    }

    @Test(
        "a text comes back as it was, at any place of any word",
        arguments: [
            "", "plain", "\"\\/\n\r\t\u{8}\u{C}\u{1}\u{1f}\u{7f}", "naïve", "日本語のコード", "😀👩‍👩‍👧‍👦🇩🇪", "e\u{301}a\u{308}",
            "line\r\nline\rline\n", "שלום עולם مرحبا \u{202E}abc", "\u{2028}\u{2029}\u{FEFF}\u{FFFD}\u{FFFF}\u{10FFFF}",
            "\u{7FF}\u{800}\u{D7FF}\u{E000}\u{10000}",
        ])
    func roundTrip(sample: String) throws {
        for before in 0..<17 {
            for after in [0, 1, 7, 8, 9] {
                let string = String(repeating: "a", count: before) + sample + String(repeating: "z", count: after)
                let text = TextBuffer(string)
                #expect(try decode(encode(text)) == .codeUpdate(CodeUpdate(code: text, revision: 3)))
                let written = ByteBuffer(string: escaped(text))
                #expect(try decode(written) == .codeUpdate(CodeUpdate(code: text)))
            }
        }
    }

    @Test("where the gap lies makes no difference, even between the halves of a surrogate pair")
    func gap() {
        let string = "print(\"😀é\")\n"
        let expected = encode(TextBuffer(string))
        for position in 0...string.utf16.count {
            var text = TextBuffer(string)
            text.replace(position..<position, with: [])
            text.replace(position..<position, with: [0x61])
            text.replace(position..<(position + 1), with: [])
            #expect(encode(text) == expected)
        }
    }

    @Test("a text longer than the pieces in which it is written comes back as it was")
    func longTexts() throws {
        for sample in ["def f(a):\n\treturn \"a\"\n", "é😀\u{1}", "\u{1}"] {
            for size in [511, 512, 513, 1 << 20] {
                let units = Array(repeatElement(Array(sample.utf16), count: size / sample.utf16.count + 1).joined())
                let text = TextBuffer(units: units)
                #expect(try decode(encode(text)) == .codeUpdate(CodeUpdate(code: text, revision: 3)))
            }
        }
    }

    @Test("a message is appended behind what the buffer holds, and read from where its reader stands")
    func offsets() throws {
        var buffer = ByteBuffer(string: "##")
        ServerMessage.codeUpdate(code: "é", revision: 1).write(into: &buffer)
        buffer.moveReaderIndex(forwardBy: 2)
        #expect(try decode(buffer) == .codeUpdate(CodeUpdate(code: "é", revision: 1)))
    }

    /// The text as a message in which every unit is an escape: the slow way through.
    private func escaped(_ text: TextBuffer) -> String {
        let units = text[0..<text.count].map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "{\"type\":\"code_update\",\"code\":\"\(units.joined())\"}"
    }
}
