import CollabText
import NIOCore
import Testing
import Wire

@Suite("The seed dialect")
struct SeedMessageTests {
    private func decode(_ json: String, limit: Int = 1_000) throws -> SeedMessage {
        try SeedMessage(decoding: ByteBuffer(string: json), documentLimit: limit)
    }

    private func refusal(_ json: String, limit: Int = 1_000) -> MessageError? {
        #expect(throws: MessageError.self) { try decode(json, limit: limit) }
    }

    @Test(
        "a text is read, wherever its fields stand and whatever stands beside them",
        arguments: [
            #"{"type":"code_update","code":"a = 1"}"#,
            #"{"code":"a = 1","type":"code_update"}"#,
            #" { "type" : "code_update" , "code" : "a = 1" } "#,
            #"{"type":"code_update","userId":{"a":[1,{"b":null}]},"code":"a = 1","at":1.5e3,"x":true}"#,
            #"{"type":"code_update","code":"a = 1","revision":null}"#,
            #"{"\u0074ype":"code\u005fupdate","c\u006fde":"a\u0020= \u0031"}"#,
            #"{"type":"x","code":7,"code":"a = 1","type":"code_update"}"#,
            #"{"type":"code_update","code":"a = 1","ignored":"\ud800"}"#,
        ])
    func fields(json: String) throws {
        #expect(try decode(json) == .codeUpdate(text: "a = 1", revision: nil))
    }

    @Test("the revision that a client names is read")
    func revision() throws {
        #expect(try decode(#"{"type":"code_update","code":"","revision":12}"#) == .codeUpdate(text: "", revision: 12))
        #expect(try decode(#"{"revision":0,"type":"code_update","code":""}"#) == .codeUpdate(text: "", revision: 0))
    }

    @Test(
        "a message that is not JSON is told so",
        arguments: [
            "", " ", "{", "nul", #"{"type":"code_update","code":"a"}}"#, #"{"type":"code_update","code":"a}"#,
            #"{"type":"code_update","code":"a",}"#, #"{"type":"code_update","code":"a\x"}"#, "{'type':1}",
        ])
    func notJSON(json: String) {
        #expect(refusal(json)?.code == .invalidJSON)
    }

    @Test("where the JSON breaks is told")
    func place() {
        let error = refusal(#"{"type":"code_update" "code":"a"}"#)
        #expect(error?.detail == "The message is not JSON: Expecting ',' delimiter (byte 22).")
    }

    @Test("a message of another type is told so, with its name cut")
    func unknownType() {
        #expect(refusal(#"{"type":"hello"}"#) == MessageError(.unknownType, #"There is no message of type "hello"."#))
        let long = refusal(#"{"type":"\#(String(repeating: "x", count: 5_000))"}"#)
        #expect(long?.code == .unknownType)
        #expect((long?.detail.count ?? 0) < 120)
    }

    @Test(
        "a wrong or missing field is named",
        arguments: [
            ("[1]", "type"), ("5", "type"), ("{}", "type"), (#"{"type":5}"#, "type"),
            (#"{"type":"code_update"}"#, "code"), (#"{"type":"code_update","code":null}"#, "code"),
            (#"{"type":"code_update","code":["a"]}"#, "code"),
            (#"{"type":"code_update","code":"","revision":-1}"#, "revision"),
            (#"{"type":"code_update","code":"","revision":1.5}"#, "revision"),
            (#"{"type":"code_update","code":"","revision":"1"}"#, "revision"),
            (#"{"type":"code_update","code":"","revision":99999999999999999999}"#, "revision"),
        ])
    func wrongField(json: String, name: String) {
        let error = refusal(json)
        #expect(error?.code == .invalidMessage)
        #expect(error?.detail.contains("\"\(name)\"") == true)
    }

    @Test(
        "a text that is not Unicode text, or holds U+0000, is refused as text",
        arguments: [
            #"\u0000"#, #"a\ud83d"#, #"\ud83da"#, #"\ude00"#, #"\ude00\ud83d"#, #"\ud83d\ud83d\ude00"#, #"\ud83d\n"#,
        ])
    func invalidText(escaped: String) {
        #expect(refusal(#"{"type":"code_update","code":"\#(escaped)"}"#)?.code == .invalidText)
    }

    @Test(
        "the document limit counts the UTF-8 bytes of the decoded text",
        arguments: [
            ("abcd", 4), ("日本", 6), ("😀", 4), (#"\ud83d\ude00"#, 4), (#"\u00e9"#, 2), (#"\n\"\\"#, 3), (#"\u0041"#, 1),
            (#"\u20ac"#, 3),
        ])
    func documentLimit(escaped: String, bytes: Int) throws {
        let json = #"{"type":"code_update","code":"\#(escaped)"}"#
        guard case .codeUpdate(let text, _) = try decode(json, limit: bytes) else { return }
        #expect(text.utf8.count == bytes)
        let error = refusal(json, limit: bytes - 1)
        #expect(error?.code == .tooLarge)
        #expect(error?.detail.contains("the limit is \(bytes - 1)") == true)
    }
}
