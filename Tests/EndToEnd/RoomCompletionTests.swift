import TestSupport
import Testing

@Suite("What comes next in a room: asked over the room's own connection")
struct RoomCompletionTests {
    private let merge: Settings = ["conflict.policy": "merge"]

    private func createRoom(_ code: String, of server: ServerProcess) async throws -> String {
        let body: JSON = ["code": .string(code), "language": "python"]
        let response = try await server.http("POST", "/rooms", body.text)
        return try #require(try response.json()["roomId"]?.string)
    }

    @Test("a question is answered from the room's text")
    func answers() async throws {
        try await withServer(merge) { server in
            let ada = try await ChangeClient.join(try await createRoom("def ", of: server), of: server)
            try await ada.complete("q1", at: 4)
            #expect(
                try await ada.next()
                    == ["type": "completion", "id": "q1", "suggestion": "function_name():", "revision": 0])
        }
    }

    @Test("an edit that was sent before the question is in the text")
    func followsEdits() async throws {
        try await withServer(merge) { server in
            let ada = try await ChangeClient.join(try await createRoom("# 😀\n", of: server), of: server)
            try await ada.edit("1", on: 0, at: 5, "def ")
            try await ada.complete("q1", at: 9)
            #expect(try await ada.next("completion")["suggestion"] == "function_name():")
        }
    }

    @Test("a position in an older text is looked for in the newest one")
    func followsOthers() async throws {
        try await withServer(merge) { server in
            let room = try await createRoom("def ", of: server)
            let ada = try await ChangeClient.join(room, of: server)
            let bob = try await ChangeClient.join(room, of: server)
            try await bob.edit("1", on: 0, at: 0, "import os\n")
            _ = try await bob.next("ack")
            try await ada.complete("q1", at: 4, on: 0)
            let completion = try await ada.next("completion")
            #expect(completion["suggestion"] == "function_name():")
            #expect(completion["revision"] == 1)
        }
    }

    @Test("a place that is no more has an empty answer, one that never was an error")
    func noPlace() async throws {
        try await withServer(merge) { server in
            let ada = try await ChangeClient.join(try await createRoom("a😀", of: server), of: server)
            for position in [2, 4, 9_000_000_000_000] {
                try await ada.complete("q", at: position)
                #expect(
                    try await ada.next() == ["type": "completion", "id": "q", "suggestion": "", "revision": 0])
            }
            for (position, revision) in [(4, 0), (0, 1)] {
                try await ada.complete("q", at: position, on: revision)
                let error = try await ada.next()
                #expect(error["code"] == "invalid_message")
                #expect(error["detail"]?.string?.contains("\"position\"") == true)
            }
        }
    }

    @Test("in the seed dialect there are no questions")
    func seedDialect() async throws {
        try await withServer { server in
            let (client, _) = try await WebSocketClient.join(try await createRoom("def ", of: server), of: server)
            try await client.send(["type": "complete", "id": "q1", "position": 4])
            #expect(try await client.messagesUntilNow().isEmpty)
        }
    }

    @Test("a newer question ends the one before, down to the connection with the service; so does leaving")
    func overtakes() async throws {
        let gemini = try await FakeGemini()
        try await withServer(merge.with(.gemini(at: gemini, "never"))) { server in
            let ada = try await ChangeClient.join(try await createRoom("def ", of: server), of: server)
            try await ada.complete("q1", at: 4)
            try await gemini.wait(for: .requests, 1)
            try await ada.complete("q2", at: 3)
            #expect(
                try await ada.next() == ["type": "completion", "id": "q1", "suggestion": "", "revision": 0])
            try await gemini.wait(for: .requests, 2)
            try await gemini.wait(for: .open, 1)
            try await ada.socket.connection.reset()
            try await gemini.wait(for: .open, 0)
        }
    }

    @Test("edits go on while nobody answers")
    func editsGoOn() async throws {
        let gemini = try await FakeGemini()
        try await withServer(merge.with(.gemini(at: gemini, "never"))) { server in
            let room = try await createRoom("def ", of: server)
            let ada = try await ChangeClient.join(room, of: server)
            let bob = try await ChangeClient.join(room, of: server)
            try await ada.complete("q1", at: 4)
            try await gemini.wait(for: .requests, 1)
            for number in 0..<50 {
                try await ada.edit("\(number)", on: number, at: 0, "x")
                #expect(try await ada.next()["type"] == "ack")
                #expect(try await bob.next()["type"] == "edit")
            }
        }
    }
}

extension ChangeClient {
    /// Asks what comes next.
    fileprivate func complete(_ id: String, at position: Int, on revision: Int? = nil) async throws {
        var question: [String: JSON] = [
            "type": "complete", "id": .string(id), "position": .number(Double(position)),
        ]
        question["revision"] = revision.map { .number(Double($0)) }
        try await send(.object(question))
    }
}
