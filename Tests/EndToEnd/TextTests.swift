import Testing

@Suite("Texts: what survives the way through a room")
struct TextTests {
    static let texts = [
        "emoji": "print('🧵👩‍👩‍👧‍👦🏳️‍🌈 𝒳')",
        "combining marks": "e\u{301} is not \u{E9}, and n\u{303} is not \u{F1}",
        "line ends": "one\r\ntwo\nthree\rfour\u{2028}five\u{85}six",
        "right to left": "שלום \u{202E}abc\u{202C} مرحبا",
        "control characters": "\u{1}\u{7}\u{8}\t\u{B}\u{C}\u{1B}\u{7F}\u{FEFF}",
        "quotes and backslashes": #"a "b" \n \\ \u0041 /"#,
        "nothing": "",
    ]

    @Test("A text arrives as it was sent, by WebSocket and by REST", arguments: texts.keys.sorted())
    func keeps(_ name: String) async throws {
        let text = try #require(Self.texts[name])
        try await withServer { server in
            let id = try await server.createRoom(code: "start")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type(text)
            let received = try #require(try await bob.message()["code"]?.string)
            // Swift calls texts equal that differ in how they are composed: units tell.
            #expect(Array(received.utf16) == Array(text.utf16))
            let stored = try #require(try await server.room(id)["code"]?.string)
            #expect(Array(stored.utf16) == Array(text.utf16))
        }
    }

    @Test("A text that differs only in how its characters are composed is a change, unless it is how a client shows it")
    func tellsCompositionsApart() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "\u{E9}")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type("e\u{301}")
            _ = try await alice.messagesUntilNow()
            #expect(try await server.room(id)["revision"] == 0)
            let answer = try await server.http("PATCH", "/rooms/\(id)", "{\"code\":\"e\u{301}\",\"revision\":0}")
            #expect(answer.status == 200)
            #expect(try await server.room(id)["revision"] == 1)
        }
    }

    @Test("Clients that send back what they receive do not start a loop")
    func endsEchoes() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (echo, _) = try await WebSocketClient.join(id, of: server)
            let (twin, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type("hello 🧵")
            for client in [echo, twin] {
                let update = try await client.message()
                try await client.send(update)
                try await client.type(update["code"]?.string ?? "")
            }
            for client in [echo, twin, alice] {
                let heard = try await client.messagesUntilNow()
                #expect(heard == [])
            }
            let room = try await server.room(id)
            #expect(room["revision"] == 1)
        }
    }

    @Test("A text of exactly the document limit is taken; one byte more is refused, and life goes on")
    func refusesTooLargeDocuments() async throws {
        try await withServer(["limits.document": "1MiB", "limits.message": "2MiB"]) { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            let full = String(repeating: "0123456789abcde\n", count: 65_536)
            try await alice.type(full)
            let update = try await bob.message()
            #expect(update["code"]?.string == full)

            try await alice.type(full + "!")
            let error = try await alice.message()
            #expect(error["type"] == "error")
            #expect(error["error"] == "too_large")

            try await alice.type("small again")
            let next = try await bob.message()
            #expect(next == ["type": "code_update", "code": "small again", "revision": 2])
        }
    }

    @Test("The document limit counts UTF-8 bytes, whatever the script")
    func countsBytes() async throws {
        try await withServer(["limits.document": "1KiB"]) { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type(String(repeating: "🧵", count: 256))
            let taken = try await alice.messagesUntilNow()
            #expect(taken == [])
            try await alice.type(String(repeating: "🧵", count: 256) + "a")
            let refused = try await alice.message()
            #expect(refused["error"] == "too_large")
        }
    }

    @Test("A message over the message limit closes the connection with 1009, and nobody else's")
    func closesOnTooLargeMessages() async throws {
        try await withServer(["limits.document": "1KiB", "limits.message": "16KiB"]) { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type(String(repeating: "a", count: 16 * 1024))
            let code = try await alice.closeCode()
            #expect(code == 1009)
            let heard = try await bob.messagesUntilNow()
            #expect(heard == [])
        }
    }
}
