import Foundation
import TestSupport
import Testing

/// What the policies make of clients that know whole texts alone.
@Suite("Policies: what becomes of texts that were written at the same moment")
struct PolicyTests {
    @Test("Under merge, two textareas keep what both people type")
    func mergesTextareas() async throws {
        try await withServer(["conflict.policy": "merge"]) { server in
            let id = try await server.createRoom(code: "let a = 1\n")
            let (ada, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            try await ada.type("let a = 10\n")
            // Bob reads nothing, and types on in his old text.
            try await bob.awaitUpdate()
            for typed in ["l", "let b", "let b = 2\n"] { try await bob.type("let a = 1\n" + typed) }
            _ = try await ada.messages(3)
            #expect(try await server.room(id)["code"] == "let a = 10\nlet b = 2\n")
            let shown = try await bob.messages(4)
            #expect(shown.last?["code"] == "let a = 10\nlet b = 2\n")
        }
    }

    @Test("Under merge, a client that says what its text was made on is believed")
    func believesRevisions() async throws {
        try await withServer(["conflict.policy": "merge"]) { server in
            let id = try await server.createRoom(code: "one")
            let (ada, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            try await ada.send(["type": "code_update", "code": "one two", "revision": 0])
            #expect(try await bob.message()["revision"] == 1)
            try await bob.send(["type": "code_update", "code": "zero one", "revision": 0])
            #expect(try await bob.message() == ["type": "code_update", "code": "zero one two", "revision": 2])
            #expect(try await ada.message()["code"] == "zero one two")
        }
    }

    @Test("Under version-checked, a text made on an old revision is refused and answered with the text that stands")
    func refusesOldTexts() async throws {
        try await withServer(["conflict.policy": "version-checked"]) { server in
            let id = try await server.createRoom(code: "one")
            let (ada, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            try await ada.type("one two")
            let question = try await bob.awaitUpdate()
            try await bob.type("zero one")
            // What Ada wrote, and the same again in answer to his own text.
            #expect(try await bob.messages(2).map { $0["code"] } == ["one two", "one two"])
            #expect(try await server.room(id)["revision"] == 1)
            try await bob.send(Frame(opcode: Frame.Opcode.pong, payload: question.payload))
            _ = try await bob.messagesUntilNow()
            try await bob.type("zero one two")
            #expect(try await ada.message()["code"] == "zero one two")
        }
    }

    @Test("Under version-checked, whoever keeps trying gets through, and nobody's text is lost")
    func letsRetriesThrough() async throws {
        try await withServer(["conflict.policy": "version-checked"]) { server in
            let id = try await server.createRoom()
            try await withThrowingDiscardingTaskGroup { group in
                for name in 0..<4 {
                    group.addTask { try await Self.append("<\(name)>", times: 25, to: id, of: server) }
                }
            }
            let code = try await server.room(id)["code"]?.string ?? ""
            for name in 0..<4 {
                #expect(code.components(separatedBy: "<\(name)>").count == 26)
            }
            #expect(code.count == 300)
        }
    }

    /// Appends a word again and again, reading the room and trying until the edit is taken.
    private static func append(_ word: String, times: Int, to id: String, of server: ServerProcess) async throws {
        for _ in 0..<times {
            var status = 0
            while status != 200 {
                let room = try await server.room(id)
                let code = (room["code"]?.string ?? "") + word
                let body = JSON.object(["code": .string(code), "revision": room["revision"] ?? nil]).text
                status = try await server.http("PATCH", "/rooms/\(id)", body).status
                guard [200, 409].contains(status) else { throw Failure("PATCH answered \(status)") }
            }
        }
    }
}

extension WebSocketClient {
    /// Returns when the server has asked about an update, and does not answer: the update is on its way, not read.
    @discardableResult
    fileprivate func awaitUpdate() async throws -> Frame {
        let question = try await frame()
        guard question.opcode == Frame.Opcode.ping else { throw Failure("\(question) instead of a ping") }
        return question
    }

    /// This many messages.
    fileprivate func messages(_ count: Int) async throws -> [JSON] {
        var messages: [JSON] = []
        while messages.count < count { messages.append(try await message()) }
        return messages
    }
}
