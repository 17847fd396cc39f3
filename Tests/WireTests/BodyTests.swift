import CollabText
import NIOCore
import Testing
import Wire

/// The exact answers were taken from pydantic 2.13; the names of types, the words and the order are its own.
@Suite("Bodies of requests")
struct BodyTests {
    private func create(_ json: String, limit: Int = 100) throws(BodyError) -> CreateRoomBody {
        try CreateRoomBody(decoding: ByteBuffer(string: json), documentLimit: limit)
    }

    private func complete(_ json: String, limit: Int = 100) throws(BodyError) -> AutocompleteBody {
        try AutocompleteBody(decoding: ByteBuffer(string: json), documentLimit: limit)
    }

    private func complete(cursor: String, code: String = "abc") throws(BodyError) -> AutocompleteBody {
        try complete(#"{"code":"\#(code)","cursorPosition":\#(cursor),"language":"python"}"#)
    }

    /// What the client is told, as JSON; the empty string when nothing is wrong.
    private func answer(_ read: () throws(BodyError) -> Void) -> String {
        do throws(BodyError) {
            try read()
            return ""
        } catch .invalid(let failure) {
            var buffer = ByteBuffer()
            failure.write(into: &buffer)
            return String(buffer: buffer)
        } catch {
            return "\(error)"
        }
    }

    private func createAnswer(_ json: String) -> String {
        answer { () throws(BodyError) in _ = try create(json) }
    }

    private func completeAnswer(_ json: String) -> String {
        answer { () throws(BodyError) in _ = try complete(json) }
    }

    private func cursorAnswer(_ cursor: String, code: String = "abc") -> String {
        answer { () throws(BodyError) in _ = try complete(cursor: cursor, code: code) }
    }

    @Test("a room needs no body, and every field has a default", arguments: ["", "null", "{}", #"{"name":"x"}"#])
    func defaults(json: String) throws {
        let body = try create(json)
        #expect(body.code == "")
        #expect(body.language == "python")
    }

    @Test("what a body says is read")
    func values() throws {
        let room = try create(#"{"language":"swift","code":"let é = \"😀\"\n"}"#)
        #expect(room.code == "let é = \"😀\"\n")
        #expect(room.language == "swift")
        let request = try complete(#"{"code":"a😀b","cursorPosition":3,"language":"go"}"#)
        #expect(request.code == "a😀b")
        #expect(request.cursorPosition == 3)
        #expect(request.language == "go")
    }

    @Test("a body that is required and missing is told so", arguments: ["", "null", " null "])
    func missingBody(json: String) {
        #expect(
            completeAnswer(json)
                == #"{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}"#)
    }

    @Test("all missing fields are told in order, each with the whole body")
    func missingFields() {
        #expect(
            completeAnswer(#"{"cursorPosition":0.5}"#)
                == #"{"detail":[{"type":"missing","loc":["body","code"],"msg":"Field required","#
                + #""input":{"cursorPosition":0.5}},"#
                + #"{"type":"int_from_float","loc":["body","cursorPosition"],"#
                + #""msg":"Input should be a valid integer, got a number with a fractional part","input":0.5},"#
                + #"{"type":"missing","loc":["body","language"],"msg":"Field required","#
                + #""input":{"cursorPosition":0.5}}]}"#)
    }

    @Test(
        "a string field takes strings only",
        arguments: ["5", "1.5", "null", "true", "[]", "{}"])
    func stringType(value: String) {
        #expect(
            createAnswer(#"{"code":\#(value),"language":\#(value)}"#)
                == #"{"detail":[{"type":"string_type","loc":["body","code"],"msg":"Input should be a valid string","#
                + #""input":\#(value)},{"type":"string_type","loc":["body","language"],"#
                + #""msg":"Input should be a valid string","input":\#(value)}]}"#)
    }

    @Test("a language is at most 64 characters long")
    func longLanguage() throws {
        #expect(try create(#"{"language":"\#(String(repeating: "é", count: 64))"}"#).language.count == 64)
        let long = String(repeating: "y", count: 65)
        #expect(
            createAnswer(#"{"language":"\#(long)"}"#)
                == #"{"detail":[{"type":"string_too_long","loc":["body","language"],"#
                + #""msg":"String should have at most 64 characters","input":"\#(long)","ctx":{"max_length":64}}]}"#)
    }

    @Test(
        "JSON that is broken is told with its place in characters, in the words of Python's json module",
        arguments: [
            (" ", 1, "Expecting value"), ("{", 1, "Expecting property name enclosed in double quotes"),
            (#"{"code":"é","x":}"#, 16, "Expecting value"), ("{} x", 3, "Extra data"),
            (#"{"a":"\x"}"#, 6, #"Invalid \\escape"#), (#"{"a" 1}"#, 5, "Expecting ':' delimiter"),
        ])
    func brokenJSON(json: String, position: Int, problem: String) {
        let expected =
            #"{"detail":[{"type":"json_invalid","loc":["body",\#(position)],"msg":"JSON decode error","#
            + #""input":{},"ctx":{"error":"\#(problem)"}}]}"#
        #expect(createAnswer(json) == expected)
        #expect(completeAnswer(json) == expected)
    }

    @Test("a byte order mark before the body is skipped, and one alone is no body")
    func byteOrderMark() throws {
        #expect(try create("\u{FEFF}{\"code\":\"\u{FEFF}x\"}").code == "\u{FEFF}x")
        #expect(try create("\u{FEFF}").language == "python")
        #expect(try complete("\u{FEFF}" + #"{"code":"abc","cursorPosition":1,"language":"go"}"#).cursorPosition == 1)
        #expect(createAnswer("\u{FEFF}{") == createAnswer("{"))
        #expect(createAnswer("\u{FEFF}\u{FEFF}{}").contains("json_invalid"))
    }

    @Test("a body that is no object is told so", arguments: ["5", #""x""#, "[1]", "true"])
    func notAnObject(json: String) {
        let expected =
            #"{"detail":[{"type":"model_attributes_type","loc":["body"],"#
            + #""msg":"Input should be a valid dictionary or object to extract fields from","input":\#(json)}]}"#
        #expect(createAnswer(json) == expected)
        #expect(completeAnswer(json) == expected)
    }

    @Test(
        "a cursor is read by the lax rules of pydantic",
        arguments: [
            ("2", 2), ("2.0", 2), (#""2""#, 2), (#""2.0""#, 2), (#""2.00""#, 2), (#"" 2 ""#, 2), (#""+2""#, 2),
            ("true", 1), ("false", 0), (#""-0""#, 0), (#""007""#, 7), ("-0.0", 0), (#""1_0""#, 10), ("1e1", 10),
        ])
    func laxCursor(value: String, position: Int) throws {
        #expect(try complete(cursor: value, code: "0123456789").cursorPosition == position)
    }

    @Test(
        "a cursor that is no whole number is told why",
        arguments: [
            ("1.5", "int_from_float", "Input should be a valid integer, got a number with a fractional part"),
            ("null", "int_type", "Input should be a valid integer"),
            ("[]", "int_type", "Input should be a valid integer"),
            ("{}", "int_type", "Input should be a valid integer"),
        ])
    func wrongCursor(value: String, type: String, message: String) {
        #expect(
            cursorAnswer(value)
                == #"{"detail":[{"type":"\#(type)","loc":["body","cursorPosition"],"msg":"\#(message)","#
                + #""input":\#(value)}]}"#)
    }

    @Test(
        "a string that is no whole number is told so",
        arguments: ["x", "", "5.5", "1e3", "0x1", "٣", "5.", ".5", "- 5", "_1", "1_", "1__0", "+-5", "1 2"])
    func wrongCursorString(value: String) {
        #expect(
            cursorAnswer("\"\(value)\"")
                == #"{"detail":[{"type":"int_parsing","loc":["body","cursorPosition"],"#
                + #""msg":"Input should be a valid integer, unable to parse string as an integer","#
                + #""input":"\#(value)"}]}"#)
    }

    @Test(
        "a cursor before the code, past its end or inside of a surrogate pair is the nearest place",
        arguments: [
            ("-1", 0), ("-1.0", 0), (#""-1""#, 0), ("-1e400", 0), ("1", 1), ("2", 1), ("2.0", 1), ("3", 3), ("4", 3),
            (#""4""#, 3), ("99999999999999999999", 3), (#""99999999999999999999""#, 3), ("1e30", 3), ("1e400", 3),
        ])
    func cursorElsewhere(value: String, position: Int) throws {
        #expect(try complete(cursor: value, code: "a😀").cursorPosition == position)
    }

    @Test("a text with U+0000 or half a surrogate pair is refused", arguments: [#"\u0000"#, #"\ud800"#, #"a\udc00b"#])
    func notUnicode(escaped: String) {
        let json = #"{"code":"\#(escaped)"}"#
        #expect(createAnswer(json).contains(#""type":"string_unicode","loc":["body","code"]"#))
        #expect(createAnswer(#"{"ignored":"\#(escaped)"}"#) == "")
    }

    @Test("a code over the document limit is too large, whatever else is wrong")
    func tooLarge() throws {
        #expect(try create(#"{"code":"éé"}"#, limit: 4).code == "éé")
        #expect(throws: BodyError.tooLarge(limit: 3)) { try create(#"{"code":"éé"}"#, limit: 3) }
        #expect(throws: BodyError.tooLarge(limit: 3)) { try complete(#"{"code":"éé","language":5}"#, limit: 3) }
    }

    @Test("what is told of a huge body is small")
    func hugeInput() {
        let huge = String(repeating: "x", count: 100_000)
        let list = Array(repeating: "1", count: 9_999).joined(separator: ",")
        let answer = completeAnswer(#"{"other":"\#(huge)","list":[\#(list)]}"#)
        #expect(answer.contains(#""type":"missing""#))
        #expect(answer.utf8.count < 15_000)
    }
}
