import Glibc
import TestSupport
import Testing

@Suite("Restart: what the server keeps")
struct RestartTests {
    @Test("Rooms outlive an orderly restart, with text, language, revision and times")
    func keepsRoomsOverRestart() async throws {
        let folder = try TemporaryFolder()
        let (id, before) = try await withServer(.persistent, in: folder) { server in
            let id = try await server.createRoom(code: "zero")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            for text in ["one", "two", "three 🧵"] { try await alice.type(text) }
            _ = try await alice.messagesUntilNow()
            let room = try await server.room(id)
            let exit = try await server.stop()
            #expect(exit == .status(0))
            return (id, room)
        }
        try await withServer(.persistent, in: folder) { server in
            let after = try await server.room(id)
            #expect(after == before)
            #expect(after["code"] == "three 🧵")
            let (_, welcome) = try await WebSocketClient.join(id, of: server)
            #expect(welcome["code"] == "three 🧵")
        }
    }

    @Test("Once nothing is reported as unsaved, kill -9 loses nothing")
    func keepsSavedEditsOverKill() async throws {
        let folder = try TemporaryFolder()
        let id = try await withServer(.persistent, in: folder) { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            for revision in 1...100 { try await alice.type("edit \(revision)") }
            _ = try await alice.messagesUntilNow()
            while try await server.http("GET", "/health/ready").json()["unsavedBytes"] != 0 {}
            server.send(SIGKILL)
            let exit = try await server.exit()
            #expect(exit == .signal(SIGKILL))
            return id
        }
        try await withServer(.persistent, in: folder) { server in
            let room = try await server.room(id)
            #expect(room["code"] == "edit 100")
            #expect(room["revision"] == 100)
        }
    }

    @Test("A room that was put away for idleness comes back as it was")
    func reopensIdleRooms() async throws {
        try await withServer(Settings.persistent.with(["rooms.idle_timeout": "0s"])) { server in
            let id = try await server.createRoom(code: "")
            for revision in 1...20 {
                let (alice, welcome) = try await WebSocketClient.join(id, of: server)
                #expect(welcome["revision"]?.integer == revision - 1)
                // Without its revision, it might be a text that was typed on an older one while nobody was connected.
                try await alice.send([
                    "type": "code_update", "code": .string("text \(revision)"),
                    "revision": .number(Double(revision - 1)),
                ])
                try await alice.close()
            }
            let room = try await server.room(id)
            #expect(room["code"] == "text 20")
        }
    }

    @Test("Rooms in memory are gone after a restart, and say so")
    func forgetsMemory() async throws {
        let folder = try TemporaryFolder()
        let id = try await withServer(.memory, in: folder) { server in
            let id = try await server.createRoom()
            try await server.stop()
            return id
        }
        try await withServer(.memory, in: folder) { server in
            let response = try await server.http("GET", "/rooms/\(id)")
            #expect(response.status == 404)
        }
    }
}
