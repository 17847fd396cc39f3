import CollabText
import NIOCore
import Testing
import Wire

@Suite("Messages from clients")
struct ClientMessageTests {
    private func decode(_ json: String, in dialect: WireDialect = .change, limit: Int = 1_000) throws -> ClientMessage {
        try ClientMessage(decoding: ByteBuffer(string: json), in: dialect, documentLimit: limit)
    }

    private func refusal(_ json: String, in dialect: WireDialect = .change, limit: Int = 1_000) -> MessageError? {
        #expect(throws: MessageError.self) { try decode(json, in: dialect, limit: limit) }
    }

    private func edit(changes: String) -> String {
        #"{"type":"edit","id":"1","revision":1,"changes":\#(changes)}"#
    }

    // MARK: Whole texts

    @Test(
        "a text is read, wherever its fields stand and whatever stands beside them, in both dialects",
        arguments: [
            #"{"type":"code_update","code":"a = 1"}"#,
            #"{"code":"a = 1","type":"code_update"}"#,
            #" { "type" : "code_update" , "code" : "a = 1" } "#,
            #"{"type":"code_update","userId":{"a":[1,{"b":null}]},"code":"a = 1","at":1.5e3,"x":true}"#,
            #"{"type":"code_update","code":"a = 1","revision":null,"id":null}"#,
            #"{"\u0074ype":"code\u005fupdate","c\u006fde":"a\u0020= \u0031"}"#,
            #"{"type":"x","code":7,"code":"a = 1","type":"code_update"}"#,
            #"{"type":"code_update","code":"a = 1","ignored":"\ud800"}"#,
        ])
    func fields(json: String) throws {
        #expect(try decode(json, in: .seed) == .codeUpdate(CodeUpdate(code: "a = 1")))
        #expect(try decode(json, in: .change) == .codeUpdate(CodeUpdate(code: "a = 1")))
    }

    @Test("the revision that a client names is read")
    func revision() throws {
        #expect(
            try decode(#"{"type":"code_update","code":"","revision":12}"#, in: .seed)
                == .codeUpdate(CodeUpdate(code: "", revision: 12)))
        #expect(
            try decode(#"{"revision":0,"type":"code_update","code":""}"#)
                == .codeUpdate(CodeUpdate(code: "", revision: 0)))
    }

    @Test("a text has an id in the change dialect alone")
    func textWithID() throws {
        let json = #"{"type":"code_update","id":"e1","code":"a"}"#
        #expect(try decode(json) == .codeUpdate(CodeUpdate(id: "e1", code: "a")))
        #expect(try decode(json, in: .seed) == .codeUpdate(CodeUpdate(code: "a")))
        #expect(
            try decode(#"{"type":"code_update","id":[7],"code":"a"}"#, in: .seed) == .codeUpdate(CodeUpdate(code: "a")))
    }

    @Test(
        "a text that is not Unicode text, or holds U+0000, is refused as text",
        arguments: [
            #"\u0000"#, #"a\ud83d"#, #"\ud83da"#, #"\ude00"#, #"\ude00\ud83d"#, #"\ud83d\ud83d\ude00"#, #"\ud83d\n"#,
        ])
    func invalidText(escaped: String) {
        #expect(refusal(#"{"type":"code_update","code":"\#(escaped)"}"#, in: .seed)?.code == .invalidText)
        #expect(refusal(edit(changes: #"[{"from":0,"to":0,"insert":"\#(escaped)"}]"#))?.code == .invalidText)
        #expect(refusal(#"{"type":"presence","name":"\#(escaped)"}"#)?.code == .invalidText)
    }

    @Test(
        "the document limit counts the UTF-8 bytes of the decoded text",
        arguments: [
            ("abcd", 4), ("日本", 6), ("😀", 4), (#"\ud83d\ude00"#, 4), (#"\u00e9"#, 2), (#"\n\"\\"#, 3), (#"\u0041"#, 1),
            (#"\u20ac"#, 3),
        ])
    func documentLimit(escaped: String, bytes: Int) throws {
        let json = #"{"type":"code_update","code":"\#(escaped)"}"#
        guard case .codeUpdate(let update) = try decode(json, limit: bytes) else { return }
        #expect(update.code.utf8.count == bytes)
        let error = refusal(json, limit: bytes - 1)
        #expect(error?.code == .tooLarge)
        #expect(error?.detail.contains("the limit is \(bytes - 1)") == true)
    }

    // MARK: Edits

    @Test("an edit is read as it was sent, sorted or not")
    func edits() throws {
        let json = #"{"type":"edit","id":"12","revision":100,"changes":[{"from":10,"to":10,"insert":"a"}]}"#
        let typed = [TextChange.Replacement(10..<10, insert: [0x61])]
        #expect(try decode(json) == .edit(EditMessage(id: "12", revision: 100, changes: typed)))
        let touching = #"[{"insert":"😀\n","to":9,"x":[],"from":7},{"from":7,"to":7},{"from":0,"to":7,"insert":null}]"#
        #expect(
            try decode(edit(changes: touching))
                == .edit(
                    EditMessage(
                        id: "1", revision: 1,
                        changes: [
                            .init(7..<9, insert: Array("😀\n".utf16)), .init(7..<7, insert: []),
                            .init(0..<7, insert: []),
                        ])))
        #expect(try decode(edit(changes: "[]")) == .edit(EditMessage(id: "1", revision: 1, changes: [])))
        let largest = #"[{"from":0,"to":9007199254740991}]"#
        #expect(
            try decode(edit(changes: largest))
                == .edit(EditMessage(id: "1", revision: 1, changes: [.init(0..<WireNumber.largest, insert: [])])))
    }

    @Test(
        "a wrong field of an edit is named by its path, with the edit's id",
        arguments: [
            (#"{"type":"edit","id":"e","changes":[]}"#, "revision"),
            (#"{"type":"edit","id":"e","revision":-1,"changes":[]}"#, "revision"),
            (#"{"type":"edit","id":"e","revision":1}"#, "changes"),
            (#"{"type":"edit","id":"e","revision":1,"changes":{}}"#, "changes"),
            (#"{"type":"edit","id":"e","revision":1,"changes":[5]}"#, "changes[0]"),
            (#"{"type":"edit","id":"e","revision":1,"changes":[{"to":1}]}"#, "changes[0].from"),
            (#"{"type":"edit","id":"e","revision":1,"changes":[{"from":1}]}"#, "changes[0].to"),
            (
                #"{"type":"edit","id":"e","revision":1,"changes":[{"from":0,"to":0},{"from":1,"to":1.0}]}"#,
                "changes[1].to"
            ),
            (#"{"type":"edit","id":"e","revision":1,"changes":[{"from":2,"to":1}]}"#, "changes[0].to"),
            (
                #"{"type":"edit","id":"e","revision":1,"changes":[{"from":0,"to":9007199254740992}]}"#,
                "changes[0].to"
            ),
            (#"{"type":"edit","id":"e","revision":1,"changes":[{"from":0,"to":0,"insert":5}]}"#, "changes[0].insert"),
            (#"{"type":"code_update","id":"e","code":null}"#, "code"),
            (#"{"type":"code_update","id":"e","code":"","revision":1e3}"#, "revision"),
        ])
    func wrongEdit(json: String, path: String) {
        let error = refusal(json)
        #expect(error?.code == .invalidMessage)
        #expect(error?.detail.contains("\"\(path)\"") == true, "\(error?.detail ?? "")")
        #expect(error?.editID == "e")
    }

    @Test(
        "an id has 1 to 64 characters of Unicode text; without a readable one the error carries none",
        arguments: ["5", "null", #""""#, "\"\(String(repeating: "x", count: 65))\"", #""\u0000""#, #""\ud800""#, "[]"])
    func wrongID(id: String) {
        let edit = refusal(#"{"type":"edit","id":\#(id),"revision":1,"changes":[]}"#)
        #expect(edit?.code == (id.contains("\\") ? .invalidText : .invalidMessage))
        #expect(edit?.detail.contains("\"id\"") == true)
        #expect(edit?.editID == nil)
        guard id != "null" else { return }
        #expect(refusal(#"{"type":"code_update","id":\#(id),"code":""}"#) == edit)
    }

    @Test("an id is counted in characters, not in bytes")
    func longID() throws {
        let id = String(repeating: "😀", count: 64)
        #expect(
            try decode(#"{"type":"edit","id":"\#(id)","revision":1,"changes":[]}"#)
                == .edit(EditMessage(id: id, revision: 1, changes: [])))
        #expect(refusal(#"{"type":"edit","id":"\#(id)😀","revision":1,"changes":[]}"#)?.code == .invalidMessage)
    }

    @Test("the document limit bounds all that an edit inserts")
    func insertedLimit() throws {
        let json = edit(changes: #"[{"from":0,"to":0,"insert":"é"},{"from":1,"to":1,"insert":"\u20ac"}]"#)
        guard case .edit(let edit) = try decode(json, limit: 5) else { return }
        #expect(edit.changes.count == 2)
        let error = refusal(json, limit: 4)
        #expect(error?.code == .tooLarge)
        #expect(error?.editID == "1")
    }

    @Test("an edit has at most 10,000 replacements")
    func manyChanges() throws {
        let list = Array(repeating: #"{"from":0,"to":0}"#, count: MessageLimits.changes).joined(separator: ",")
        guard case .edit(let message) = try decode(edit(changes: "[\(list)]")) else { return }
        #expect(message.changes.count == 10_000)
        let error = refusal(edit(changes: #"[\#(list),{"from":0,"to":0}]"#))
        #expect(error == MessageError(.tooLarge, "The field \"changes\" holds more than 10000 entries.", editID: "1"))
    }

    // MARK: Presence

    @Test("presence tells only what it says")
    func presence() throws {
        #expect(try decode(#"{"type":"presence"}"#) == .presence(PresenceUpdate()))
        #expect(try decode(#"{"type":"presence","cursor":null}"#) == .presence(PresenceUpdate(cursor: .none)))
        #expect(
            try decode(#"{"type":"presence","name":"","cursor":{"head":3,"anchor":5,"x":0},"revision":7}"#)
                == .presence(PresenceUpdate(name: "", cursor: .at(Cursor(anchor: 5, head: 3)), revision: 7)))
    }

    @Test(
        "a wrong field of a presence is named",
        arguments: [
            (#""name":5"#, "name"), (#""color":[]"#, "color"), (#""cursor":5"#, "cursor"), (#""cursor":[]"#, "cursor"),
            (#""cursor":{"anchor":1}"#, "cursor.head"), (#""cursor":{"anchor":-1,"head":0}"#, "cursor.anchor"),
            (#""revision":"1""#, "revision"), (#""name":"\#(String(repeating: "é", count: 65))""#, "name"),
            (#""color":"\#(String(repeating: "x", count: 33))""#, "color"),
        ])
    func wrongPresence(field: String, path: String) {
        let error = refusal(#"{"type":"presence",\#(field)}"#)
        #expect(error?.code == .invalidMessage)
        #expect(error?.detail.contains("\"\(path)\"") == true)
        #expect(error?.editID == nil)
    }

    // MARK: What is no message

    @Test(
        "a message that is not JSON is told so",
        arguments: [
            "", " ", "{", "nul", #"{"type":"code_update","code":"a"}}"#, #"{"type":"code_update","code":"a}"#,
            #"{"type":"code_update","code":"a",}"#, #"{"type":"code_update","code":"a\x"}"#, "{'type':1}",
            #"{"type":"edit","id":"1","revision":1,"changes":[{"from":0,"to":0]}"#,
        ])
    func notJSON(json: String) {
        #expect(refusal(json)?.code == .invalidJSON)
        #expect(refusal(json, in: .seed)?.code == .invalidJSON)
    }

    @Test("where the JSON breaks is told")
    func place() {
        let error = refusal(#"{"type":"code_update" "code":"a"}"#)
        #expect(error?.detail == "The message is not JSON: Expecting ',' delimiter (byte 22).")
    }

    @Test("a message of another type is told so, with its name cut")
    func unknownType() {
        #expect(refusal(#"{"type":"hello"}"#) == MessageError(.unknownType, #"There is no message of type "hello"."#))
        for letter in ["x", "e\u{301}", "\u{301}"] {
            let long = refusal(#"{"type":"\#(String(repeating: letter, count: 5_000))"}"#)
            #expect(long?.code == .unknownType)
            #expect(long?.detail.unicodeScalars.count ?? .max < 120)
        }
    }

    @Test("the seed dialect knows whole texts alone", arguments: ["edit", "presence", "welcome"])
    func seedTypes(type: String) {
        #expect(refusal(#"{"type":"\#(type)","id":"1","revision":1,"changes":[]}"#, in: .seed)?.code == .unknownType)
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
        for dialect in [WireDialect.seed, .change] {
            let error = refusal(json, in: dialect)
            #expect(error?.code == .invalidMessage)
            #expect(error?.detail.contains("\"\(name)\"") == true)
        }
    }

    // MARK: Questions for suggestions

    @Test("a question what comes next is read, in the change dialect alone")
    func complete() throws {
        let json = #"{"type":"complete","id":"q1","position":7,"revision":3}"#
        #expect(try decode(json) == .complete(CompleteMessage(id: "q1", position: 7, revision: 3)))
        #expect(
            try decode(#"{"type":"complete","id":"q1","position":0}"#)
                == .complete(CompleteMessage(id: "q1", position: 0)))
        #expect(refusal(json, in: .seed)?.code == .unknownType)
    }

    @Test(
        "a question without a sound id or position is refused, with the field's name",
        arguments: [
            (#"{"type":"complete","position":7}"#, "id"),
            (#"{"type":"complete","id":"","position":7}"#, "id"),
            (#"{"type":"complete","id":"q"}"#, "position"),
            (#"{"type":"complete","id":"q","position":-1}"#, "position"),
            (#"{"type":"complete","id":"q","position":1.5}"#, "position"),
            (#"{"type":"complete","id":"q","position":1,"revision":"3"}"#, "revision"),
        ])
    func badQuestion(json: String, field: String) {
        let error = refusal(json)
        #expect(error?.code == .invalidMessage)
        #expect(error?.detail.contains("\"\(field)\"") == true)
    }
}
