import Testing

@Suite("Handshakes: the good, the bad and the hostile")
struct HandshakeTests {
    @Test("A client without an Origin, with the server's own, or with an allowed one may join")
    func admitsKnownOrigins() async throws {
        try await withServer(["server.allowed_origins": #"["https://editor.example"]"#]) { server in
            let id = try await server.createRoom()
            for origin in ["", "http://127.0.0.1:\(server.port)", "https://editor.example"] {
                let client = try await WebSocketClient.connect(to: server, room: id, headers: ["Origin": origin])
                let welcome = try await client.message()
                #expect(welcome["type"] == "code_update")
            }
        }
    }

    @Test(
        "A page of a foreign origin may not join",
        arguments: ["https://evil.example", "https://editor.example.evil.example", "https://127.0.0.1", "null"])
    func refusesForeignOrigins(origin: String) async throws {
        try await withServer(["server.allowed_origins": #"["https://editor.example"]"#]) { server in
            let id = try await server.createRoom()
            let response = try await server.handshake("/ws/\(id)", ["Origin": origin])
            #expect(response.status == 403)
        }
    }

    @Test(
        "A room that does not exist is told by close code 4404",
        arguments: ["nowhere", "%2e%2e", "a%00b", "%ff", "%F0%9F%A7%B5"])
    func tellsMissingRooms(id: String) async throws {
        try await withServer { server in
            let client = try await WebSocketClient.connect(to: server, room: id)
            let code = try await client.closeCode()
            #expect(code == 4404)
        }
    }

    @Test("A WebSocket version that is not 13 is refused, and the right one is named", arguments: ["12", "8", "x"])
    func refusesOtherVersions(version: String) async throws {
        try await withServer { server in
            let id = try await server.createRoom()
            let response = try await server.handshake("/ws/\(id)", ["Sec-WebSocket-Version": version])
            #expect(response.status == 426 || response.status == 400)
            #expect(response["Sec-WebSocket-Version"] == "13")
        }
    }

    @Test(
        "A handshake that is none is refused with 400",
        arguments: [
            ["Sec-WebSocket-Key": ""], ["Sec-WebSocket-Key": "c2hvcnQ="], ["Sec-WebSocket-Key": "not base64 at all!!!"],
        ])
    func refusesBrokenHandshakes(headers: [String: String]) async throws {
        try await withServer { server in
            let id = try await server.createRoom()
            let response = try await server.handshake("/ws/\(id)", headers)
            #expect(response.status == 400)
        }
    }

    @Test("A plain request to a room's socket is told to upgrade, or that it is wrong here")
    func refusesPlainRequests() async throws {
        try await withServer { server in
            let id = try await server.createRoom()
            let response = try await server.http("GET", "/ws/\(id)")
            #expect([400, 404, 426].contains(response.status))
        }
    }

    @Test("An upgrade to something else is answered as if it had not been asked for")
    func ignoresOtherUpgrades() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            let settings = "HTTP2-Settings: AAMAAABk\r\n"
            let upgrade = "Host: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + settings
            try await connection.send("GET /health HTTP/1.1\r\n\(upgrade)\r\n")
            let health = try await connection.receive("the answer to a GET", HTTPResponse.parse)
            #expect(health.status == 200)

            let posting = try await server.connect()
            let body = #"{"code":"def ","cursorPosition":4,"language":"python"}"#
            try await posting.send(
                "POST /autocomplete HTTP/1.1\r\n\(upgrade)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            let suggestion = try await posting.receive("the answer to a POST", HTTPResponse.parse)
            #expect(suggestion.status == 200)
            #expect(try suggestion.json()["suggestion"] == "function_name():")
        }
    }

    @Test("Requests that arrive together are answered in their order")
    func answersPipelinedRequests() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            try await connection.send(
                "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"
                    + "GET /health HTTP/1.1\r\nHost: a\r\n\r\n" + "GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
            let created = try await connection.receive("the first answer", HTTPResponse.parse)
            #expect(try created.json()["roomId"]?.string != nil)
            let health = try await connection.receive("the second answer", HTTPResponse.parse)
            #expect(try health.json()["status"] == "ok")
            let missing = try await connection.receive("the third answer", HTTPResponse.parse)
            #expect(missing.status == 404)
        }
    }

    @Test(
        "Bytes that are no HTTP get one 400 or nothing, and the connection ends",
        arguments: [
            "GARBAGE\r\n\r\n", "\r\n\r\n\0\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /health\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nBroken Header\r\n\r\n",
            "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{FC}\u{3}\u{3}\r\n\r\n",
        ])
    func refusesGarbage(bytes: String) async throws {
        try await withServer { server in
            let connection = try await server.connect()
            try await connection.send(bytes)
            let answer = try await connection.receiveUntilEnd()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "))
            #expect(answer.ranges(of: "HTTP/1.1").count <= 1)
        }
    }

    @Test("Garbage behind a request does not spoil the request's answer")
    func answersBeforeGarbage() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            try await connection.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\n")
            let health = try await connection.receive("the answer to the request", HTTPResponse.parse)
            #expect(health.status == 200)
            let rest = try await connection.receiveUntilEnd()
            #expect(rest.isEmpty || rest.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test("Headers without end are refused, and the connection ends")
    func refusesHugeHeaders() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            let line = "X-Filler: \(String(repeating: "x", count: 8_000))\r\n"
            // The server may hang up before it has read everything; that is an answer too.
            try? await connection.send("GET /health HTTP/1.1\r\n" + String(repeating: line, count: 1_000))
            let answer = try await connection.receiveUntilEnd()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        }
    }

    @Test(
        "A request that never gets finished is let go",
        arguments: ["", "GET /health HT", "GET /health HTTP/1.1\r\nHo"])
    func dropsSlowRequests(beginning: String) async throws {
        try await withServer(["limits.request_timeout": "1s"]) { server in
            let connection = try await server.connect()
            try await connection.send(beginning)
            let answer = try await connection.receiveUntilEnd()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        }
    }

    @Test("A body that never comes is not waited for without end")
    func dropsSlowBodies() async throws {
        try await withServer(["limits.request_timeout": "1s"]) { server in
            let connection = try await server.connect()
            try await connection.send("POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
            let answer = try await connection.receiveUntilEnd()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        }
    }
}

extension ServerProcess {
    /// The answer to a handshake that says something else than a browser would.
    fileprivate func handshake(_ path: String, _ headers: [String: String]) async throws -> HTTPResponse {
        let connection = try await connect()
        try await connection.send(Handshake.request(path, port: port, adding: headers))
        return try await connection.receive("the answer to the handshake", HTTPResponse.parse)
    }
}
