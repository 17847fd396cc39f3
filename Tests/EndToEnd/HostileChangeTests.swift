import Testing

@Suite("Hostile changes: a typed answer each, and nothing else disturbed")
struct HostileChangeTests {
    /// A message that cannot be taken, and the answer to it.
    struct Case: Sendable, CustomTestStringConvertible {
        let message: String
        let answer: String

        init(_ message: String, _ answer: String) {
            self.message = message
            self.answer = answer
        }

        var testDescription: String { "\(message.prefix(120)) → \(answer)" }
    }

    private static func edit(_ changes: String, revision: String = "0", id: String = #""1""#) -> String {
        #"{"type":"edit","id":\#(id),"revision":\#(revision),"changes":\#(changes)}"#
    }

    static let cases = [
        Case(edit(#"[{"from":5,"to":5,"insert":"x"}]"#), "invalid"),
        Case(edit(#"[{"from":0,"to":5}]"#), "invalid"),
        Case(edit(#"[{"from":0,"to":9223372036854775807}]"#), "invalid"),
        Case(edit(#"[{"from":0,"to":92233720368547758070}]"#), "invalid"),
        Case(edit(#"[{"from":-1,"to":0}]"#), "invalid"),
        Case(edit(#"[{"from":1.5,"to":2}]"#), "invalid"),
        Case(edit(#"[{"from":2,"to":1}]"#), "invalid"),
        Case(edit(#"[{"from":"0","to":1}]"#), "invalid"),
        Case(edit(#"[{"from":2,"to":3},{"from":0,"to":1}]"#), "invalid"),
        Case(edit(#"[{"from":0,"to":2},{"from":1,"to":3}]"#), "invalid"),
        Case(edit(#"[{"from":3,"to":3,"insert":"cuts a pair"}]"#), "invalid"),
        Case(edit(#"[{"from":2,"to":3}]"#), "invalid"),
        Case(edit(#"[{"from":0,"to":0,"insert":"\ud83d"}]"#), "invalid"),
        Case(edit(#"[{"from":0,"to":0,"insert":"\ude00"}]"#), "invalid"),
        Case(edit(#"[{"from":0,"to":0,"insert":"\u0000"}]"#), "invalid"),
        Case(edit(#"[null]"#), "invalid"),
        Case(edit(#"{}"#), "invalid"),
        Case(edit("null"), "invalid"),
        Case(edit("[]", revision: "null"), "invalid"),
        Case(edit("[]", revision: "-1"), "invalid"),
        Case(edit(#"[{"from":0,"to":0,"insert":"x"}]"#, revision: "1"), "conflict"),
        Case(edit(#"[{"from":0,"to":0,"insert":"x"}]"#, revision: "9007199254740991"), "conflict"),
        Case(edit(#"[{"from":0,"to":0,"insert":"x"}]"#, revision: "9007199254740992"), "invalid"),
        Case(edit(#"[{"from":0,"to":0,"insert":"x"}]"#, revision: "9223372036854775807"), "invalid"),
        Case(edit(#"[{"from":0,"to":0,"insert":"\#(String(repeating: "x", count: 65_536))"}]"#), "too_large"),
        Case(
            edit("[" + Array(repeating: #"{"from":0,"to":0}"#, count: 10_001).joined(separator: ",") + "]"), "too_large"
        ),
        Case(edit("[]", id: #""""#), "invalid_message"),
        Case(edit("[]", id: "null"), "invalid_message"),
        Case(edit("[]", id: "7"), "invalid_message"),
        Case(edit("[]", id: #""\#(String(repeating: "x", count: 65))""#), "invalid_message"),
        Case(edit("[]", id: #""\#(String(repeating: "x", count: 1 << 20))""#), "invalid_message"),
        Case(#"{"type":"edit"}"#, "invalid_message"),
        Case(#"{"type":"presence","cursor":{"anchor":9,"head":0}}"#, "invalid_message"),
        Case(#"{"type":"presence","cursor":{"anchor":0}}"#, "invalid_message"),
        Case(#"{"type":"presence","cursor":{"anchor":0,"head":0},"revision":99}"#, "invalid_message"),
        Case(#"{"type":"presence","cursor":7}"#, "invalid_message"),
        Case(#"{"type":"presence","name":"\#(String(repeating: "n", count: 65))"}"#, "invalid_message"),
        Case(#"{"type":"presence","color":"\ud800"}"#, "invalid_text"),
        Case(#"{"type":"welcome"}"#, "unknown_type"),
        Case(#"{"type":"edit","id":"1","revision":0,"changes":[]"#, "invalid_json"),
    ]

    @Test("One of each, and the room goes on")
    func answersEach() async throws {
        try await withServer(["conflict.policy": "merge", "limits.document": "64KiB"]) { server in
            let id = try await server.createRoom(code: "ab😀")
            let hostile = try await ChangeClient.join(id, of: server)
            let bystander = try await ChangeClient.join(id, of: server)
            for test in Self.cases {
                try await hostile.socket.send(.text(test.message))
                let answer = try await hostile.next()
                let isRejection = answer["type"] == "rejected"
                #expect(
                    (isRejection ? answer["reason"] : answer["code"]) == .string(test.answer), "\(test) got \(answer)")
                if isRejection { #expect(answer["id"] == "1" && answer["revision"] == 0) }
            }
            try await hostile.edit("1", on: 0, at: 2, "-")
            #expect(try await hostile.next() == ["type": "ack", "id": "1", "revision": 1])
            #expect(try await bystander.next()["changes"] == [["from": 2, "to": 2, "insert": "-"]])
            #expect(try await server.room(id)["code"] == "ab-😀")
        }
    }

    @Test("A flood of presence is answered, reaches nobody as a flood, and does not hold up an edit")
    func withstandsAFloodOfPresence() async throws {
        try await withServer(["conflict.policy": "merge", "limits.messages_per_second": "10"]) { server in
            let id = try await server.createRoom(code: "text")
            let hostile = try await ChangeClient.join(id, of: server)
            let ada = try await ChangeClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            for turn in 0..<5_000 {
                try await hostile.send(["type": "presence", "name": .string("\(turn)")])
            }
            try await ada.edit("1", on: 0, at: 0, "x")
            #expect(try await ada.next() == ["type": "ack", "id": "1", "revision": 1])
            #expect(try await bob.next()["revision"] == 1)
            let answers = try await hostile.socket.messagesUntilNow().filter { $0["type"] == "error" }
            #expect(answers.count > 4_000)
            #expect(Set(answers.map { $0["code"] }) == ["rate_limited"])
            let notices = try await bob.socket.messagesUntilNow().filter { $0["type"] == "presence" }
            #expect(notices.count < 500)
        }
    }

    @Test("An edit past the allowed rate is refused by its name")
    func refusesEditsPastTheRate() async throws {
        try await withServer(["conflict.policy": "merge", "limits.messages_per_second": "5"]) { server in
            let id = try await server.createRoom()
            let ada = try await ChangeClient.join(id, of: server)
            // All at once, so that it does not matter how busy this machine is.
            let edits = (0..<30).map { turn in
                let changes = #"[{"from":0,"to":0,"insert":"x"}]"#
                return Frame.text(#"{"type":"edit","id":"\#(turn)","revision":\#(turn),"changes":\#(changes)}"#)
            }
            try await ada.socket.connection.send(edits.flatMap(\.bytes))
            let answers = try await ada.socket.messagesUntilNow()
            let refused = answers.filter { $0["type"] == "rejected" && $0["reason"] == "rate_limited" }
            #expect(refused.contains { $0["id"] == "29" })
        }
    }
}
