import Testing

@Suite("Hostile messages: answered, never fatal")
struct HostileMessageTests {
    /// A message that no room can use, and the code of the error that must answer it.
    struct Case: Sendable, CustomTestStringConvertible {
        let message: String
        let code: String

        init(_ message: String, _ code: String) {
            self.message = message
            self.code = code
        }

        var testDescription: String { "\(message) → \(code)" }
    }

    static let cases = [
        Case("", "invalid_json"),
        Case("{", "invalid_json"),
        Case("not json", "invalid_json"),
        Case(#"{"type":"code_update","code":"a"} trailing"#, "invalid_json"),
        Case(#"{"type":"code_update","code":"a",}"#, "invalid_json"),
        Case(#"{"type":"code_update","code":"\x"}"#, "invalid_json"),
        Case(#"{"type":"code_update","code":"a\#u{A}b"}"#, "invalid_json"),
        Case(#"{"type":"code_update","code":01}"#, "invalid_json"),
        Case(String(repeating: "[", count: 5_000), "invalid_json"),
        Case("null", "invalid_message"),
        Case("[]", "invalid_message"),
        Case("42", "invalid_message"),
        Case(#""code_update""#, "invalid_message"),
        Case("{}", "invalid_message"),
        Case(#"{"type":null}"#, "invalid_message"),
        Case(#"{"type":7,"code":"a"}"#, "invalid_message"),
        Case(#"{"type":"code_update"}"#, "invalid_message"),
        Case(#"{"type":"code_update","code":null}"#, "invalid_message"),
        Case(#"{"type":"code_update","code":5}"#, "invalid_message"),
        Case(#"{"type":"code_update","code":["a"]}"#, "invalid_message"),
        Case(#"{"type":"code_update","code":"a","revision":"1"}"#, "invalid_message"),
        Case(#"{"type":"code_update","code":"a","revision":-1}"#, "invalid_message"),
        Case(#"{"type":"code_update","code":"a","revision":1.5}"#, "invalid_message"),
        Case(#"{"type":"code_update","code":"a","revision":1e400}"#, "invalid_message"),
        Case(#"{"type":"code_update","code":"\ud800"}"#, "invalid_text"),
        Case(#"{"type":"code_update","code":"\udc00\ud800"}"#, "invalid_text"),
        Case(#"{"type":"code_update","code":"a\ud83dz"}"#, "invalid_text"),
        Case(#"{"type":"code_update","code":"a\u0000b"}"#, "invalid_text"),
    ]

    @Test("A message that means nothing is answered with its error, and the connection lives on", arguments: cases)
    func answers(_ bad: Case) async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "untouched")
            let (mallory, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            try await mallory.send(Frame.text(bad.message))
            let error = try await mallory.message()
            #expect(error["type"] == "error")
            #expect(error["error"]?.string == bad.code, "\(error["detail"]?.string ?? "")")
            #expect(error["detail"]?.string?.isEmpty == false)
            #expect(error["code"] == nil, "the field code belongs to texts")

            try await mallory.type("fine")
            let update = try await bob.message()
            #expect(update == ["type": "code_update", "code": "fine", "revision": 1])
        }
    }

    @Test(
        "A message of an unknown type is passed over in silence in the seed dialect, and counted",
        arguments: ["ping", "join", "cursor", "update", "edit", "presence", "complete", "", "no such thing"])
    func ignoresUnknownTypes(type: String) async throws {
        try await withServer(["log.level": "debug"]) { server in
            let id = try await server.createRoom(code: "untouched")
            let (client, _) = try await WebSocketClient.join(id, of: server)
            try await client.send(Frame.text(#"{"type":"\#(type)","id":"1","code":"x","revision":0,"changes":[]}"#))
            #expect(try await client.messagesUntilNow().isEmpty)
            #expect(try await server.room(id)["code"] == "untouched")
            #expect(try await server.http("GET", "/metrics").body.contains("pairloom_messages_ignored_total 1"))
            #expect(server.log.contains("There is no message of type \"\(type)\"."))
        }
    }

    @Test("A message of an unknown type is answered in pairloom.v1")
    func answersUnknownTypes() async throws {
        try await withServer { server in
            let client = try await ChangeClient.join(server.createRoom(), of: server)
            try await client.socket.send(Frame.text(#"{"type":"ping"}"#))
            let error = try await client.socket.message()
            #expect(error["type"] == "error")
            #expect(error["code"] == "unknown_type")
        }
    }

    @Test("Escapes, spaces, unknown and repeated fields are ordinary JSON")
    func understandsUnusualJSON() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            let message = #"""
                 { "\u0063ode" : "\ud83e\uddf5\/\b\f\n\r\t\"\\" ,
                "extra":{"a":[1,-2.5e3,true,false,null,{"code":"no"}]}, "type":"code_\u0075pdate"}
                """#
            try await alice.send(Frame.text(message))
            let update = try await bob.message()
            #expect(update["code"] == "🧵/\u{8}\u{C}\n\r\t\"\\")
        }
    }
}
