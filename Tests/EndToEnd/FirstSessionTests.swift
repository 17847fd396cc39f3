import Testing

@Suite("First session: create a room, join it, type")
struct FirstSessionTests {
    @Test("A room that is created without a word has the default language and no text")
    func createsDefaultRoom() async throws {
        try await withServer { server in
            let created = try await server.http("POST", "/rooms")
            let id = try #require(try created.json()["roomId"]?.string)
            #expect(created.status == 200)
            #expect(created["Location"] == "/rooms/\(id)")

            let room = try await server.room(id)
            #expect(room["id"] == .string(id))
            #expect(room["language"] == "python")
            #expect(room["code"] == "")
            #expect(room["revision"] == 0)
            #expect(room["createdAt"]?.string != nil)
            #expect(room["updatedAt"] == room["createdAt"])
        }
    }

    @Test("An empty body, an empty object and a null are all no wish at all", arguments: [nil, "", "{}", "null"])
    func acceptsEmptyBodies(body: String?) async throws {
        try await withServer { server in
            let created = try await server.http("POST", "/rooms", body)
            #expect(created.status == 200)
        }
    }

    @Test("A room has the text and the language that it was created with, and an ETag with its revision")
    func createsGivenRoom() async throws {
        try await withServer { server in
            let body = #"{"code": "let a = 1", "language": "javascript", "unknown": [1]}"#
            let created = try await server.http("POST", "/rooms", body)
            let id = try #require(try created.json()["roomId"]?.string)

            let response = try await server.http("GET", "/rooms/\(id)")
            let room = try response.json()
            #expect(room["code"] == "let a = 1")
            #expect(room["language"] == "javascript")
            #expect(response["ETag"] == "\"0\"")
        }
    }

    @Test("An edit reaches everyone else in the room and not its author, and GET has it at once")
    func deliversEdits() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "a")
            let (alice, welcome) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            #expect(welcome == ["type": "code_update", "code": "a", "revision": 0])

            try await alice.type("ab")
            let update = try await bob.message()
            #expect(update == ["type": "code_update", "code": "ab", "revision": 1])
            let echoes = try await alice.messagesUntilNow()
            #expect(echoes == [])

            let room = try await server.room(id)
            #expect(room["code"] == "ab")
            #expect(room["revision"] == 1)
        }
    }

    @Test("Edits from both sides arrive in one order, under revisions without gaps")
    func ordersEdits() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            for revision in stride(from: 1, to: 20, by: 2) {
                try await alice.type("alice \(revision)")
                let atBob = try await bob.message()
                #expect(atBob["revision"]?.integer == revision)
                try await bob.type("bob \(revision + 1)")
                let atAlice = try await alice.message()
                #expect(atAlice["code"]?.string == "bob \(revision + 1)")
                #expect(atAlice["revision"]?.integer == revision + 1)
            }
        }
    }

    @Test("Who joins later gets the newest text")
    func welcomesLatecomers() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "old")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type("new")
            _ = try await alice.messagesUntilNow()
            let (_, welcome) = try await WebSocketClient.join(id, of: server)
            #expect(welcome == ["type": "code_update", "code": "new", "revision": 1])
        }
    }

    @Test("Many who join and type at the same moment end with the same text")
    func agreesAfterACrowd() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let clients = try await withThrowingTaskGroup { group in
                for number in 1...30 {
                    group.addTask {
                        let (client, _) = try await WebSocketClient.join(id, of: server)
                        try await client.type("typed by \(number)")
                        _ = try await client.messagesUntilNow()
                        return client
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            _ = try await clients[0].messagesUntilNow()
            try await clients[0].type("the end")
            for client in clients.dropFirst() {
                while try await client.message()["code"] != "the end" {}
            }
            let room = try await server.room(id)
            #expect(room["code"] == "the end")
            // Texts that were made at the same moment and are nearly alike may leave nothing to change.
            #expect((1...31).contains(room["revision"]?.integer ?? 0))
        }
    }

    @Test("Rooms do not hear each other")
    func separatesRooms() async throws {
        try await withServer { server in
            let (alice, _) = try await WebSocketClient.join(server.createRoom(code: "1"), of: server)
            let (bob, _) = try await WebSocketClient.join(server.createRoom(code: "2"), of: server)
            try await alice.type("one")
            _ = try await alice.messagesUntilNow()
            let heard = try await bob.messagesUntilNow()
            #expect(heard == [])
        }
    }
}
