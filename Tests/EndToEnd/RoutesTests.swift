import Testing

@Suite("Routes: everything else that the server answers")
struct RoutesTests {
    @Test("A trailing slash is the same route")
    func ignoresTrailingSlashes() async throws {
        try await withServer { server in
            let created = try await server.http("POST", "/rooms/", "{}")
            let id = try #require(try created.json()["roomId"]?.string)
            let room = try await server.http("GET", "/rooms/\(id)/")
            #expect(room.status == 200)
            let health = try await server.http("GET", "/health/")
            #expect(health.status == 200)
        }
    }

    @Test("Health, readiness and liveness are ok", arguments: ["/health", "/health/live", "/health/ready"])
    func isHealthy(path: String) async throws {
        try await withServer(.persistent) { server in
            let response = try await server.http("GET", path)
            #expect(response.status == 200)
            #expect(try response.json()["status"] == "ok")
        }
    }

    @Test("A completion is suggested where the rules know one")
    func completes() async throws {
        try await withServer { server in
            let body = #"{"code": "def ", "cursorPosition": 4, "language": "python"}"#
            let response = try await server.http("POST", "/autocomplete", body)
            #expect(response.status == 200)
            #expect(try response.json()["suggestion"] == "function_name():")
            #expect(try response.json()["provider"] == "rules")
        }
    }

    @Test("Where there is nothing to say, the suggestion is empty")
    func suggestsNothing() async throws {
        try await withServer { server in
            let body = #"{"code": "", "cursorPosition": 0, "language": "klingon"}"#
            let response = try await server.http("POST", "/autocomplete", body)
            #expect(response.status == 200)
            #expect(try response.json()["suggestion"] == "")
        }
    }

    @Test("The cursor counts UTF-16 code units, as JavaScript does")
    func countsUnits() async throws {
        try await withServer { server in
            let body = ##"{"code": "# 🧵\ndef ", "cursorPosition": 9, "language": "python"}"##
            let response = try await server.http("POST", "/autocomplete", body)
            #expect(try response.json()["suggestion"] == "function_name():")
        }
    }

    @Test("The API describes itself as FastAPI does")
    func describesItself() async throws {
        try await withServer { server in
            let response = try await server.http("GET", "/openapi.json")
            #expect(response.status == 200)
            let description = try response.json()
            #expect(description["openapi"]?.string?.hasPrefix("3.1") == true)
            for path in ["/rooms", "/rooms/{id}", "/autocomplete", "/health"] {
                let named = description["paths"]?[path] ?? description["paths"]?["/rooms/{room_id}"]
                #expect(named != nil, "\(path)")
            }
            #expect(description["components"]?["schemas"]?["HTTPValidationError"] != nil)
        }
    }

    @Test("Pages for people are pages", arguments: ["/", "/docs", "/redoc"])
    func servesPages(path: String) async throws {
        try await withServer { server in
            let response = try await server.http("GET", path)
            #expect(response.status == 200)
            #expect(response["Content-Type"]?.hasPrefix("text/html") == true || path == "/")
            #expect(!response.body.isEmpty)
        }
    }

    @Test("Metrics are in the text form of Prometheus, and move")
    func servesMetrics() async throws {
        try await withServer { server in
            let (alice, _) = try await WebSocketClient.join(server.createRoom(), of: server)
            try await alice.type("a")
            _ = try await alice.messagesUntilNow()
            let response = try await server.http("GET", "/metrics")
            #expect(response.status == 200)
            #expect(response["Content-Type"]?.hasPrefix("text/plain") == true)
            #expect(response.body.contains("# TYPE "))
        }
    }

    @Test("A page of another origin gets no leave by default")
    func closesToOtherOrigins() async throws {
        try await withServer { server in
            let preflight = try await server.preflight(from: "https://editor.example")
            #expect(preflight["Access-Control-Allow-Origin"] == nil)
            let room = try await server.http("GET", "/health", headers: ["Origin": "https://editor.example"])
            #expect(room["Access-Control-Allow-Origin"] == nil)
        }
    }

    @Test("A page of an allowed origin gets leave, and no other does")
    func opensToAllowedOrigins() async throws {
        try await withServer(["server.allowed_origins": #"["https://editor.example"]"#]) { server in
            let preflight = try await server.preflight(from: "https://editor.example")
            #expect(preflight.status == 200 || preflight.status == 204)
            #expect(preflight["Access-Control-Allow-Origin"] == "https://editor.example")
            #expect(preflight["Access-Control-Allow-Methods"]?.contains("POST") == true)
            let health = try await server.http("GET", "/health", headers: ["Origin": "https://editor.example"])
            #expect(health["Access-Control-Allow-Origin"] == "https://editor.example")
            let foreign = try await server.preflight(from: "https://evil.example")
            #expect(foreign["Access-Control-Allow-Origin"] == nil)
        }
    }
}

extension ServerProcess {
    /// What a browser asks before it sends JSON from a page of another origin.
    fileprivate func preflight(from origin: String) async throws -> HTTPResponse {
        let headers = [
            "Origin": origin, "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        ]
        return try await http("OPTIONS", "/rooms", headers: headers)
    }
}
