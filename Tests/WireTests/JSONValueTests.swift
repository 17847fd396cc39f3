import CollabText
import NIOCore
import Testing
import Wire

@Suite("JSON that is read and written")
struct JSONValueTests {
    private func parse(_ json: String) throws -> JSONValue {
        try Array(json.utf8).withUnsafeBytes { bytes throws in try JSONValue(parsing: bytes) }
    }

    private func write(_ value: JSONValue) -> String {
        var buffer = ByteBuffer()
        buffer.writeJSON(value)
        return String(buffer: buffer)
    }

    @Test("a value of every kind is read")
    func kinds() throws {
        let value = try parse(" { \"a\" : [ null , true,false ,1.5e-3,\"x\"] ,\"b\":{},\"c\":[]}\r\n\t")
        #expect(value == ["a": [nil, true, false, .number("1.5e-3"), "x"], "b": [:], "c": []])
    }

    @Test(
        "every number of the grammar is read as it stands",
        arguments: [
            "0", "-0", "10", "-12.50", "1e5", "1E+5", "1.0e-05", "123456789012345678901234567890", "0.0", "0e0",
        ])
    func numbers(literal: String) throws {
        #expect(try parse(literal) == .number(literal))
        #expect(try parse("[\(literal)]") == [.number(literal)])
        #expect(write(.number(literal)) == literal)
    }

    @Test("of several members with one name the last counts")
    func duplicates() throws {
        guard case .object(let object) = try parse(#"{"a":1,"b":2,"a":3}"#) else { return }
        #expect(object["a"] == 3)
        #expect(object["b"] == 2)
        #expect(object["c"] == nil)
    }

    @Test("what was written is read again, in the same order")
    func roundTrip() throws {
        let json = #"{"z":1,"a":[true,null,{"é😀":"\"\\\n"}],"m":-0.5}"#
        #expect(write(try parse(json)) == json)
    }

    @Test("characters are written as JSON wants them, and no more than that is escaped")
    func escapes() {
        #expect(write("\"\\/\u{8}\u{C}\n\r\t") == #""\"\\/\b\f\n\r\t""#)
        #expect(write("\u{0}\u{1}\u{1f}\u{7f}") == "\"\\u0000\\u0001\\u001f\u{7f}\"")
        #expect(write("é\u{2028}\u{2029}\u{FFFF}😀") == "\"é\u{2028}\u{2029}\u{FFFF}😀\"")
    }

    @Test("half a surrogate pair never makes invalid UTF-8")
    func halves() {
        let units: [UInt16] = [0xD83D, 0x61, 0xDE00, 0xD83D, 0xD83D, 0xDE00, 0xD83D]
        #expect(write(.string(TextBuffer(units: units))) == "\"\u{FFFD}a\u{FFFD}\u{FFFD}😀\u{FFFD}\"")
    }

    @Test("an excerpt keeps what is small and cuts what is long")
    func excerpts() throws {
        let small = try parse(#"{"a":[1,2.5,null],"b":"c"}"#)
        #expect(small.excerpt == small)
        let longest = String(repeating: "x", count: 200)
        #expect(JSONValue.string(longest).excerpt == .string(longest))
        #expect(JSONValue.string(longest + "x").excerpt == .string(longest + "…"))
        let pair = JSONValue.string(String(repeating: "x", count: 199) + "😀😀")
        #expect(pair.excerpt == .string(String(repeating: "x", count: 199) + "…"))
        let huge = JSONValue.array(Array(repeating: .array(Array(repeating: "word", count: 100)), count: 1_000))
        #expect(write(huge.excerpt).utf8.count < 5_000)
        let names = JSONValue.object(
            JSONObject((0..<50).map { JSONObject.Member("\($0)" + String(repeating: "n", count: 10_000), 1) }))
        #expect(write(names.excerpt).utf8.count < 5_000)
        #expect(write(JSONValue.number(String(repeating: "1", count: 10_000)).excerpt).utf8.count < 300)
    }
}
