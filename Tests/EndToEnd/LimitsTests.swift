import Testing

@Suite("Limits: a breach is told, never silent")
struct LimitsTests {
    @Test("A room that is full closes with 4413, and has a place again when someone leaves")
    func limitsMembers() async throws {
        try await withServer(["limits.members_per_room": "2"]) { server in
            let id = try await server.createRoom()
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            let third = try await WebSocketClient.connect(to: server, room: id)
            let code = try await third.closeCode()
            #expect(code == 4413)

            try await alice.close()
            let (carol, _) = try await WebSocketClient.join(id, of: server)
            try await carol.type("here")
            let update = try await bob.message()
            #expect(update["code"] == "here")
        }
    }

    @Test("Connections over the limit are refused, and there is room again when one ends")
    func limitsConnections() async throws {
        try await withServer(["limits.connections": "4"]) { server in
            let id = try await server.createRoom()
            var clients: [WebSocketClient] = []
            while clients.count < 10, let (client, _) = try? await WebSocketClient.join(id, of: server) {
                clients.append(client)
            }
            #expect((2...4).contains(clients.count))
            for client in clients { try await client.close() }
        }
    }

    @Test("Messages over the limit get rate_limited, and the connection lives on")
    func limitsMessages() async throws {
        try await withServer(["limits.messages_per_second": "5"]) { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let frames = (1...100).map { Frame.text(#"{"type":"code_update","code":"\#($0)"}"#) }
            try await alice.connection.send(frames.flatMap(\.bytes))
            let errors = try await alice.messagesUntilNow()
            #expect(!errors.isEmpty)
            #expect(errors.allSatisfy { $0["type"] == "error" && $0["error"] == "rate_limited" })
            let room = try await server.room(id)
            let taken = try #require(room["revision"]?.integer)
            #expect(taken >= 5)
            #expect(taken < 100)
        }
    }

    @Test("Rooms over the limit of a minute are refused with 429")
    func limitsRooms() async throws {
        try await withServer(["limits.rooms_per_minute": "3"]) { server in
            var statuses: [Int] = []
            for _ in 1...5 { statuses.append(try await server.http("POST", "/rooms").status) }
            #expect(statuses == [200, 200, 200, 429, 429])
            let refused = try await server.http("POST", "/rooms")
            #expect(try refused.json()["detail"]?.string != nil)
            #expect(refused["Retry-After"].flatMap { Int($0) } != nil)
        }
    }
}
