import Testing

@Suite("HTTP connections: kept, closed, and bounded")
struct ConnectionTests {
    @Test("A WebSocket opens on a connection that has served requests, as those of proxies have")
    func upgradesKeptConnections() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "kept")
            let (peer, _) = try await WebSocketClient.join(id, of: server)
            let connection = try await server.connect()
            for _ in 0..<3 {
                try await connection.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await connection.receive("an answer", HTTPResponse.parse).status == 200)
            }
            try await connection.send(Handshake.request("/ws/\(id)", port: server.port))
            #expect(try await connection.receive("the answer to the handshake", HTTPResponse.parse).status == 101)
            let late = WebSocketClient(upgraded: connection)
            #expect(try await late.message()["code"] == "kept")
            for turn in 0..<50 {
                try await late.type("late \(turn)")
                #expect(try await peer.message()["code"] == .string("late \(turn)"))
                try await peer.type("peer \(turn)")
                #expect(try await late.message()["code"] == .string("peer \(turn)"))
            }
            try await late.send(.close(1000))
            #expect(try await late.event() == .closed(1000))
            _ = try await connection.receiveUntilEnd()
        }
    }

    @Test("An upgrade that is sent behind an unanswered request is answered, not lost")
    func answersPipelinedUpgrades() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let connection = try await server.connect()
            try await connection.send(
                "GET /health HTTP/1.1\r\nHost: a\r\n\r\n" + Handshake.request("/ws/\(id)", port: server.port))
            #expect(try await connection.receive("the first answer", HTTPResponse.parse).status == 200)
            let second = try await connection.receive("the second answer", HTTPResponse.parse)
            #expect([101, 426].contains(second.status))
        }
    }

    @Test(
        "A connection that is not to be kept is closed after the answer, which says so",
        arguments: [
            "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nConnection: TE, close\r\n\r\n",
            "GET /health HTTP/1.0\r\n\r\n",
        ])
    func closesWhatIsNotKept(request: String) async throws {
        try await withServer { server in
            let connection = try await server.connect()
            try await connection.send(request)
            let response = try await connection.receive("the answer", HTTPResponse.parse)
            #expect(response.status == 200)
            #expect(response["Connection"] == "close")
            #expect(try await connection.receiveUntilEnd() == "")
        }
    }

    @Test("A client that asks before it sends a body is told to go on, or that the body is too long")
    func answersExpectations() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            let head = "POST /rooms HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
            try await connection.send(head + "2\r\n\r\n")
            #expect(try await connection.receive("the word to go on", HTTPResponse.parse).status == 100)
            try await connection.send("{}")
            #expect(try await connection.receive("the answer", HTTPResponse.parse).status == 200)
            try await connection.send(head + "999999999\r\n\r\n")
            #expect(try await connection.receive("the refusal", HTTPResponse.parse).status == 413)
        }
    }

    @Test(
        "A body without an end is refused, and not read for ever",
        arguments: ["Content-Length: 9223372036854775807", "Transfer-Encoding: chunked"])
    func stopsReadingEndlessBodies(framing: String) async throws {
        try await withServer(["limits.document": "1KiB", "limits.message": "64KiB"]) { server in
            let connection = try await server.connect()
            try await connection.send("POST /rooms HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
            let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
            for _ in 0..<8 { try? await connection.send(chunk) }
            let response = try await connection.receive("the refusal", HTTPResponse.parse)
            #expect(response.status == 413)
            #expect(response["Connection"] == "close")
            #expect(try await connection.receiveUntilEnd() == "")
        }
    }

    @Test("A body that drips in is given up when the request has had its time")
    func givesUpDrippingBodies() async throws {
        try await withServer(["limits.request_timeout": "300ms"]) { server in
            let connection = try await server.connect()
            try await connection.send("POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
            // Each byte comes well within the time that a connection may be idle.
            _ = try? await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await connection.receiveUntilEnd() }
                group.addTask {
                    while !Task.isCancelled {
                        try await connection.send("{")
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
                try await group.next()
                group.cancelAll()
            }
        }
    }
}
