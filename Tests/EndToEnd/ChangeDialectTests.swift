import Foundation
import TestSupport
import Testing

@Suite("The change dialect: keystrokes instead of documents")
struct ChangeDialectTests {
    private let merge: Settings = ["conflict.policy": "merge"]

    @Test("Who joins is welcomed with all that it needs")
    func welcomes() async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom(code: "text")
            let ada = try await ChangeClient.join(id, of: server)
            let welcome = ada.greeting
            #expect(welcome["type"] == "welcome")
            #expect(welcome["protocol"] == "pairloom.v1")
            #expect(welcome["code"] == "text")
            #expect(welcome["revision"] == 0)
            #expect(welcome["policy"] == "merge")
            #expect(welcome["limits"]?["document"] == 1_048_576)
            #expect(welcome["limits"]?["message"] == 2_097_152)
            #expect(welcome["limits"]?["members"] == 100)
            #expect(welcome["limits"]?["messagesPerSecond"] == 10_000)
            #expect(welcome["members"] == [["clientId": ada.id ?? nil, "name": nil, "color": nil, "cursor": nil]])
            #expect(ada.session != ada.id?.string)
        }
    }

    @Test("The handshake names the dialect")
    func namesTheDialect() async throws {
        try await withServer { server in
            let id = try await server.createRoom()
            let connection = try await server.connect()
            let headers = ["Sec-WebSocket-Protocol": "chat, pairloom.v1"]
            try await connection.send(Handshake.request("/ws/\(id)", port: server.port, adding: headers))
            let response = try await connection.receive("the answer to the handshake", HTTPResponse.parse)
            #expect(response["Sec-WebSocket-Protocol"] == "pairloom.v1")
        }
    }

    @Test("An edit is acknowledged, reaches the others, and is then said to be saved")
    func edits() async throws {
        try await withServer(merge.with(.persistent)) { server in
            let id = try await server.createRoom(code: "ab")
            let ada = try await ChangeClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            try await ada.edit("1", on: 0, at: 1, "😀")
            #expect(try await ada.next() == ["type": "ack", "id": "1", "revision": 1])
            #expect(
                try await bob.next() == [
                    "type": "edit", "revision": 1, "author": ada.id ?? nil,
                    "changes": [["from": 1, "to": 1, "insert": "😀"]],
                ])
            #expect(try await ada.next("saved")["revision"] == 1)
            #expect(try await server.room(id)["code"] == "a😀b")
        }
    }

    @Test("Edits made on one revision are both kept, the first one left")
    func merges() async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom(code: "ab")
            let ada = try await ChangeClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            try await ada.edit("1", on: 0, at: 1, "A")
            _ = try await ada.next("ack")
            try await bob.edit("1", on: 0, at: 1, "B")
            #expect(try await bob.next()["type"] == "edit")
            #expect(try await bob.next() == ["type": "ack", "id": "1", "revision": 2])
            #expect(try await ada.next()["changes"] == [["from": 2, "to": 2, "insert": "B"]])
            #expect(try await server.room(id)["code"] == "aABb")
        }
    }

    @Test("An edit that is sent again is acknowledged again and not made again")
    func repeats() async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom()
            let ada = try await ChangeClient.join(id, of: server)
            for _ in 0..<3 { try await ada.edit("once", on: 0, at: 0, "x") }
            for _ in 0..<3 {
                #expect(try await ada.next() == ["type": "ack", "id": "once", "revision": 1])
            }
            #expect(try await server.room(id)["code"] == "x")
        }
    }

    @Test("Who lost its connection goes on where it was")
    func resumes() async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom()
            let ada = try await ChangeClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            try await bob.edit("1", on: 0, at: 0, "b")
            _ = try await bob.next("ack")
            // The answer is lost on the way.
            try await bob.socket.connection.reset()
            try await ada.edit("1", on: 1, at: 1, "a")
            _ = try await ada.next("ack")
            let again = try await ChangeClient.join(id, of: server, resuming: (bob.session, 0))
            #expect(again.greeting["type"] == "resumed")
            #expect(again.greeting["code"] == nil)
            #expect(again.id == bob.id)
            #expect(again.session == bob.session)
            let edits = again.greeting["edits"]
            #expect(edits?[0]?["author"] == bob.id && edits?[0]?["revision"] == 1)
            #expect(
                edits?[1] == [
                    "revision": 2, "author": ada.id ?? nil, "changes": [["from": 1, "to": 1, "insert": "a"]],
                ])
            try await again.edit("1", on: 0, at: 0, "b")
            #expect(try await again.next() == ["type": "ack", "id": "1", "revision": 1])
            #expect(try await server.room(id)["code"] == "ba")
        }
    }

    @Test("Who comes back before the old connection is known to be lost takes its place")
    func takesOver() async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom()
            let ada = try await ChangeClient.join(id, of: server)
            let again = try await ChangeClient.join(id, of: server, resuming: (ada.session, 0))
            #expect(again.greeting["type"] == "resumed")
            #expect(again.greeting["members"]?[1] == nil)
            #expect(try await ada.socket.closeCode() == 4409)
            try await again.edit("1", on: 0, at: 0, "x")
            #expect(try await again.next("ack")["revision"] == 1)
        }
    }

    @Test(
        "A session that is not of this room, or was never given, begins anew",
        arguments: ["", "nonsense", "00000000000000000000000000", String(repeating: "a", count: 4_000)])
    func ignoresForeignSessions(session: String) async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom(code: "text")
            let ada = try await ChangeClient.join(id, of: server)
            try await ada.edit("1", on: 0, at: 0, "x")
            _ = try await ada.next("ack")
            let stranger = try await ChangeClient.join(id, of: server, resuming: (session, 0))
            #expect(stranger.greeting["type"] == "welcome")
            #expect(stranger.greeting["code"] == "xtext")
            #expect(stranger.id != ada.id)
            #expect(stranger.session != session || session.count == 26)
        }
    }

    @Test("A session of another room means nothing here")
    func ignoresSessionsOfOtherRooms() async throws {
        try await withServer(merge) { server in
            let (id, other) = (try await server.createRoom(code: "one"), try await server.createRoom(code: "two"))
            let ada = try await ChangeClient.join(id, of: server)
            let visitor = try await ChangeClient.join(other, of: server, resuming: (ada.session, 0))
            #expect(visitor.greeting["type"] == "welcome")
            #expect(visitor.greeting["code"] == "two")
        }
    }

    @Test("Edits survive a kill, and are still known by their names")
    func knowsEditsAfterAKill() async throws {
        let folder = try TemporaryFolder()
        let settings = merge.with(.persistent)
        let (id, session) = try await withServer(settings, in: folder) { server in
            let id = try await server.createRoom()
            let ada = try await ChangeClient.join(id, of: server)
            try await ada.edit("7", on: 0, at: 0, "kept")
            _ = try await ada.next("saved")
            server.send(SIGKILL)
            _ = try await server.exit()
            return (id, ada.session)
        }
        try await withServer(settings, in: folder) { server in
            let ada = try await ChangeClient.join(id, of: server, resuming: (session, 0))
            #expect(ada.greeting["type"] == "welcome")
            #expect(ada.greeting["code"] == "kept")
            try await ada.edit("7", on: 1, at: 0, "kept")
            #expect(try await ada.next() == ["type": "ack", "id": "7", "revision": 1])
            #expect(try await server.room(id)["code"] == "kept")
        }
    }

    @Test("A whole text is welcome too")
    func takesWholeTexts() async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom(code: "one")
            let ada = try await ChangeClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            try await ada.send(["type": "code_update", "id": "t", "revision": 0, "code": "one two"])
            #expect(try await ada.next() == ["type": "ack", "id": "t", "revision": 1])
            try await bob.send(["type": "code_update", "id": "t", "revision": 0, "code": "zero one"])
            #expect(try await bob.next()["type"] == "edit")
            #expect(try await bob.next() == ["type": "ack", "id": "t", "revision": 2, "resync": true])
            #expect(try await bob.next() == ["type": "resync", "revision": 2, "code": "zero one two"])
        }
    }

    @Test("Under last-write-wins the author of a stale edit is shown the text that stands")
    func resyncsUnderLastWriteWins() async throws {
        try await withServer(["conflict.policy": "last-write-wins"]) { server in
            let id = try await server.createRoom(code: "ab")
            let ada = try await ChangeClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            try await ada.edit("1", on: 0, at: 0, "A")
            _ = try await bob.next("edit")
            try await bob.edit("1", on: 0, at: 2, "B")
            #expect(try await bob.next() == ["type": "ack", "id": "1", "revision": 2, "resync": true])
            #expect(try await bob.next() == ["type": "resync", "revision": 2, "code": "abB"])
        }
    }

    @Test("Under version-checked one of two edits is made, and the other author gets what it needs to try again")
    func rejectsUnderVersionChecked() async throws {
        try await withServer(["conflict.policy": "version-checked"]) { server in
            let id = try await server.createRoom(code: "ab")
            let ada = try await ChangeClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            try await ada.edit("1", on: 0, at: 0, "A")
            _ = try await bob.next("edit")
            try await bob.edit("1", on: 0, at: 2, "B")
            #expect(
                try await bob.next() == [
                    "type": "rejected", "id": "1", "reason": "conflict", "revision": 1,
                    "changes": [["from": 0, "to": 0, "insert": "A"]],
                ])
            try await bob.edit("2", on: 1, at: 3, "B")
            #expect(try await bob.next() == ["type": "ack", "id": "2", "revision": 2])
            #expect(try await server.room(id)["code"] == "AabB")
        }
    }

    @Test("Who shows itself is seen by everyone, until it leaves")
    func showsWhoIsHere() async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom(code: "one two")
            let ada = try await ChangeClient.join(id, of: server)
            let (seed, _) = try await WebSocketClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            try await bob.send([
                "type": "presence", "name": "Bob", "color": "#f00", "cursor": ["anchor": 4, "head": 7], "revision": 0,
            ])
            try await ada.edit("1", on: 0, at: 0, "zero ")
            let shown: JSON = [
                "clientId": bob.id ?? nil, "name": "Bob", "color": "#f00", "cursor": ["anchor": 9, "head": 12],
            ]
            try await ada.awaitPresence { $0.count == 3 && $0.contains(shown) }
            try await bob.send(["type": "presence", "cursor": nil])
            try await ada.awaitPresence { members in
                members.contains(["clientId": bob.id ?? nil, "name": "Bob", "color": "#f00", "cursor": nil])
            }
            try await bob.socket.close()
            try await seed.close()
            try await ada.awaitPresence { $0.map { $0["clientId"] } == [ada.id] }
        }
    }

    @Test("A client of the seed dialect is sent texts alone, whatever the others do")
    func sparesTheSeedDialect() async throws {
        try await withServer(merge) { server in
            let id = try await server.createRoom()
            let (seed, _) = try await WebSocketClient.join(id, of: server)
            let ada = try await ChangeClient.join(id, of: server)
            for turn in 0..<20 {
                try await ada.edit("\(turn)", on: turn, at: turn, "x")
                try await ada.send(["type": "presence", "name": "Ada", "cursor": ["anchor": 0, "head": 0]])
            }
            for _ in 0..<20 { _ = try await ada.next("ack") }
            try await ada.send(["type": "presence", "name": "done"])
            try await ada.awaitPresence { $0.contains { $0["name"] == "done" } }
            let messages = try await seed.messagesUntilNow()
            #expect(Set(messages.map { $0["type"] }) == ["code_update"])
            #expect(messages.last?["code"] == .string(String(repeating: "x", count: 20)))
        }
    }
}

extension ChangeClient {
    /// Reads until the server says of those who are here what is expected.
    fileprivate func awaitPresence(_ isExpected: ([JSON]) -> Bool) async throws {
        while true {
            guard case .list(let members) = try await next("presence")["members"] else { continue }
            if isExpected(members) { return }
        }
    }
}
