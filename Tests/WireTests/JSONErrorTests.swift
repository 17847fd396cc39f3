import Testing
import Wire

@Suite("JSON that is refused")
struct JSONErrorTests {
    private func error(_ json: [UInt8]) -> (JSONError, position: Int)? {
        json.withUnsafeBytes { bytes in
            do throws(JSONError) {
                _ = try JSONValue(parsing: bytes)
                return nil
            } catch {
                return (error, error.position(in: bytes))
            }
        }
    }

    /// What Python 3.11's `json.loads` says of each, with the position in characters.
    @Test(
        "the problem and its place are those that Python's json module tells",
        arguments: [
            ("", "Expecting value", 0), ("  ", "Expecting value", 2),
            ("{", "Expecting property name enclosed in double quotes", 1),
            (#"{"a""#, "Expecting ':' delimiter", 4), (#"{"a":"#, "Expecting value", 5),
            (#"{"a":1"#, "Expecting ',' delimiter", 6),
            (#"{"a":1,"#, "Expecting property name enclosed in double quotes", 7),
            (#"{"a":1,}"#, "Expecting property name enclosed in double quotes", 7),
            ("[1,]", "Expecting value", 3), ("[1", "Expecting ',' delimiter", 2), ("[", "Expecting value", 1),
            (#""abc"#, "Unterminated string starting at", 0), ("\"a\nb\"", "Invalid control character at", 2),
            (#""a\xb""#, #"Invalid \escape"#, 2), (#""a\u12""#, #"Invalid \uXXXX escape"#, 3),
            (#""a\u12x4""#, #"Invalid \uXXXX escape"#, 3), (#"{"a" 1}"#, "Expecting ':' delimiter", 5),
            ("{a:1}", "Expecting property name enclosed in double quotes", 1),
            (#"{"a":1 "b":2}"#, "Expecting ',' delimiter", 7), ("[1 2]", "Expecting ',' delimiter", 3),
            ("{} x", "Extra data", 3), ("nul", "Expecting value", 0), ("nulll", "Extra data", 4),
            ("01", "Extra data", 1), ("1.", "Extra data", 1), ("-", "Expecting value", 0), ("1e", "Extra data", 1),
            (".5", "Expecting value", 0), ("+1", "Expecting value", 0), (#""\"#, "Unterminated string starting at", 0),
            (#""\u"#, #"Invalid \uXXXX escape"#, 2), (#"{"code":"é","x":}"#, "Expecting value", 16),
            (#"{"a":1,,}"#, "Expecting property name enclosed in double quotes", 7),
            ("\"\t\"", "Invalid control character at", 1), (#"{"a":"x"#, "Unterminated string starting at", 5),
            (#"{"😀":}"#, "Expecting value", 5), ("[1,,2]", "Expecting value", 3),
            (#"{"a":nul}"#, "Expecting value", 5), (#""\u+123""#, #"Invalid \uXXXX escape"#, 2),
            (#""\uD83D\u12""#, #"Invalid \uXXXX escape"#, 8), (#"{"a":1 }}"#, "Extra data", 8),
        ])
    func samePlaceAsPython(json: String, problem: String, position: Int) throws {
        let found = try #require(error(Array(json.utf8)))
        #expect(found.0.problem.rawValue == problem)
        #expect(found.position == position)
    }

    @Test(
        "words that only JavaScript and Python know are no JSON",
        arguments: ["NaN", "Infinity", "-Infinity", "True"])
    func foreignWords(json: String) throws {
        #expect(try #require(error(Array(json.utf8))).0.problem == .expectingValue)
    }

    @Test(
        "bytes that are not well-formed UTF-8 are refused, wherever they stand in a string",
        arguments: [
            [0xFF], [0x80], [0xC3], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x28, 0xA1],
        ] as [[UInt8]])
    func invalidUTF8(bad: [UInt8]) throws {
        for before in 0..<18 {
            let start = Array("\"".utf8) + [UInt8](repeating: 0x61, count: before)
            for end in ["", "\"", "a\"", "abcdefghij\""] {
                let found = try #require(error(start + bad + end.utf8)).0
                #expect(found == JSONError(.invalidUTF8, at: start.count))
            }
        }
    }

    @Test("a byte order mark is no JSON")
    func byteOrderMark() throws {
        #expect(try #require(error([0xEF, 0xBB, 0xBF] + Array("{}".utf8))).0 == JSONError(.expectingValue, at: 0))
    }

    @Test("objects and arrays nest to a bound")
    func depth() throws {
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(error(Array(deepest.utf8)) == nil)
        #expect(try #require(error(Array(("[" + deepest + "]").utf8))).0 == JSONError(.tooDeep, at: 64))
        let objects = String(repeating: #"{"a":"#, count: 100_000)
        #expect(try #require(error(Array(objects.utf8))).0.problem == .tooDeep)
        let siblings = "[" + Array(repeating: "[{}]", count: 1_000).joined(separator: ",") + "]"
        #expect(error(Array(siblings.utf8)) == nil)
    }
}
