import Foundation
import TestSupport
import Testing

@Suite("Pages of other origins, and the addresses that the server is known by")
struct OriginTests {
    // MARK: Pages of this machine

    @Test(
        "A front end on a local port makes a room and types, without any configuration",
        arguments: ["http://localhost:3000", "http://127.0.0.1:5173", "https://[::1]:8443"])
    func servesLocalFrontEnds(origin: String) async throws {
        try await withServer { server in
            let preflight = try await server.preflight(from: origin, asking: "content-type,x-requested-with")
            #expect(preflight.status == 204)
            #expect(preflight["Access-Control-Allow-Origin"] == origin)
            #expect(preflight["Access-Control-Allow-Headers"] == "content-type,x-requested-with")
            let made = try await server.http(
                "POST", "/rooms", "{}", headers: ["Origin": origin, "Content-Type": "application/json"])
            #expect(made["Access-Control-Allow-Origin"] == origin)
            let id = try #require(try made.json()["roomId"]?.string)
            let page = try await WebSocketClient.connect(to: server, room: id, headers: ["Origin": origin])
            _ = try await page.message()
            try await page.type("typed")
            _ = try await page.messagesUntilNow()
            let room = try await server.room(id)
            #expect(room["code"] == "typed")
        }
    }

    @Test("A list takes the place of that, and an empty one lets nobody in")
    func listsReplaceTheDefault() async throws {
        for (list, isAllowed) in [
            ("[]", false), (#"["https://editor.example"]"#, false), (#"[auto, "https://a.example"]"#, true),
        ] {
            try await withServer(["server.allowed_origins": list]) { server in
                let preflight = try await server.preflight(from: "http://localhost:3000", asking: "content-type")
                #expect(preflight.status == (isAllowed ? 204 : 403))
                #expect((preflight["Access-Control-Allow-Origin"] != nil) == isAllowed)
                let socket = try await server.open("/ws/a", ["Origin": "http://localhost:3000"])
                #expect(socket.status == (isAllowed ? 101 : 403))
            }
        }
    }

    // MARK: HEAD

    @Test("HEAD is answered like GET, and the connection goes on")
    func answersHead() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "x")
            for path in [
                "/rooms/\(id)", "/rooms/none", "/health", "/openapi.json", "/", "/r/\(id)", "/editor/room.js", "/ws/a",
            ] {
                let get = try await server.http("GET", path)
                let connection = try await server.connect()
                try await connection.send(
                    "HEAD \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n"
                        + "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                let answers = try await connection.receiveUntilEnd().components(separatedBy: "\r\n\r\n")
                #expect(answers.count == 3 && answers[1].hasPrefix("HTTP/1.1 200"), "\(path)")
                let head = answers[0].split(separator: "\r\n")
                #expect(head[0].hasPrefix("HTTP/1.1 \(get.status) "))
                for (name, value) in get.headers where !["date", "connection"].contains(name.lowercased()) {
                    #expect(head.contains { $0 == "\(name): \(value)" }, "\(path): \(name)")
                }
            }
        }
    }

    // MARK: Addresses

    @Test("A WebSocket that is asked for by an absolute address is served, and is of the host in it")
    func servesAbsoluteTargets() async throws {
        try await withServer(["server.allowed_origins": "[]"]) { server in
            let id = try await server.createRoom(code: "x")
            let path = "http://pair.example:81/ws/\(id)"
            let refused = try await server.open(path, ["Origin": "http://127.0.0.1:\(server.port)"])
            #expect(refused.status == 403)
            let connection = try await server.connect()
            try await connection.send(
                Handshake.request(path, port: server.port, adding: ["Origin": "http://PAIR.example:81"]))
            let response = try await connection.receive("the answer to the handshake", HTTPResponse.parse)
            #expect(response.status == 101)
            let welcome = try await WebSocketClient(upgraded: connection).message()
            #expect(welcome["code"] == "x")
            let room = try await server.http("GET", "http://pair.example/rooms/\(id)")
            #expect(room.status == 200)
        }
    }

    @Test("Public URLs hold from the next request on: their pages may come, and their path stands before a new room's")
    func reloadsPublicURLs() async throws {
        try await withServer { server in
            let page = ["Origin": "https://xn--bcher-kva.example:8443"]
            let before = try await server.open("/ws/a", page)
            #expect(before.status == 403)
            let news = try await server.reload(["server.public_url": #""https://Bücher.example:8443/pair/""#])
            #expect(news.contains("changed=server.public_url"))
            let after = try await server.open("/ws/a", page)
            #expect(after.status == 101)
            let made = try await server.http("POST", "/rooms", "{}")
            let location = try #require(made["Location"])
            #expect(location.hasPrefix("/pair/rooms/"))
            // The path may be left on by the proxy, or by nobody at all.
            let room = try await server.http("GET", location)
            #expect(room.status == 200)
            let socket = try await server.open("/pair/ws/a", page)
            #expect(socket.status == 101)
            let start = try await server.http("GET", "/pair")
            #expect(start.status == 308 && start["Location"] == "/pair/")
        }
    }

    // MARK: Proxies

    private static let forwarded = [
        "Host": "inner", "X-Forwarded-Host": "pair.example:8443", "X-Forwarded-Proto": "https",
        "Origin": "https://pair.example:8443",
    ]

    @Test("What a proxy tells counts when it is trusted, and not otherwise")
    func trustsProxies() async throws {
        try await withServer { server in
            let untrusted = try await server.open("/ws/a", Self.forwarded)
            #expect(untrusted.status == 403)
            #expect(server.log.contains("through 127.0.0.1 with X-Forwarded-Host: pair.example:8443"))
            try await server.reload(["server.trusted_proxies": "[\"127.0.0.0/8\"]"])
            let trusted = try await server.open("/ws/a", Self.forwarded)
            #expect(trusted.status == 101)
            for wrong in [
                ["X-Forwarded-Proto": "http"], ["X-Forwarded-Host": "pair.example"], ["Origin": "https://inner"],
            ] {
                let refused = try await server.open("/ws/a", Self.forwarded.merging(wrong) { $1 })
                #expect(refused.status == 403, "\(wrong)")
            }
        }
    }

    @Test("Suggestions are counted by the client that a trusted proxy tells of")
    func countsForwardedClients() async throws {
        let gemini = try await FakeGemini()
        let settings = Settings.gemini(
            at: gemini, "gemini-3.5-flash-lite", ["autocomplete.requests_per_minute": "1", "autocomplete.cache": "0"])
        try await withServer(settings) { server in
            func providers() async throws -> [String] {
                var providers: [String] = []
                for (number, client) in ["192.0.2.1", "192.0.2.1", "192.0.2.2", "203.0.113.5, 192.0.2.2"].enumerated() {
                    let body = #"{"code": "a\#(number) = 1\ndef ", "cursorPosition": 11, "language": "python"}"#
                    let answer = try await server.http(
                        "POST", "/autocomplete", body, headers: ["X-Forwarded-For": client])
                    providers.append(try answer.json()["provider"]?.string ?? "")
                }
                return providers
            }
            let untrusted = try await providers()
            #expect(untrusted == ["gemini", "rules", "rules", "rules"])
            try await server.reload(settings.with(["server.trusted_proxies": "[127.0.0.1]"]))
            let trusted = try await providers()
            #expect(trusted == ["gemini", "rules", "gemini", "rules"])
        }
    }

    // MARK: Refusals

    @Test("What is refused is logged once, with what to write where, and counted")
    func reportsRefusals() async throws {
        try await withServer(["server.allowed_origins": "[]"]) { server in
            for _ in 0..<3 {
                let socket = try await server.open(
                    "/ws/a", ["Host": "pair.example", "Origin": "http://pair.example:8080"])
                #expect(socket.status == 403)
                #expect(
                    try socket.json()["detail"]?.string?.contains(#"`public_url: "http://pair.example:8080"`"#) == true)
                _ = try await server.preflight(from: "https://app.example", asking: "content-type")
                _ = try await server.http("GET", "/ws/a", headers: ["Sec-WebSocket-Key": Handshake.key])
                _ = try await server.open("/pair/ws/a", [:])
            }
            for words in [
                #"write `public_url: "http://pair.example:8080"` under `server` in config.yaml"#,
                #"add `"https://app.example"` to `allowed_origins` under `server` in config.yaml"#,
                "proxy_set_header Upgrade $http_upgrade;",
                "WebSockets are at /ws/{room}, and the request is for /pair/ws/a.",
            ] {
                #expect(server.log.ranges(of: words).count == 1, "\(words)")
            }
            let metrics = try await server.http("GET", "/metrics").body
            for line in [
                "pairloom_refused_origins_total 6\n", #"pairloom_failed_upgrades_total{reason="origin"} 3"#,
                #"pairloom_failed_upgrades_total{reason="not_upgraded"} 3"#,
                #"pairloom_failed_upgrades_total{reason="path"} 3"#,
                #"pairloom_failed_upgrades_total{reason="malformed"} 0"#,
            ] {
                #expect(metrics.contains(line), "\(line)")
            }
        }
    }

    @Test("A page that asks by a plain request is told why its WebSocket fails, and fills no log")
    func answersPages() async throws {
        try await withServer { server in
            let refused = try await server.http(
                "GET", "/ws/a?page=http%3A%2F%2Fpair.example%3A8080%2Fpair%2F", headers: ["Host": "pair.example"])
            #expect(refused.status == 403)
            #expect(
                try refused.json()["detail"]?.string?.contains(#"`public_url: "http://pair.example:8080/pair"`"#)
                    == true)
            let page = "http%3A%2F%2F127.0.0.1%3A\(server.port)%2F"
            let admitted = try await server.http("GET", "/ws/a?page=\(page)")
            #expect(admitted.status == 426)
            #expect(!server.log.contains("refused"))
        }
    }
}

extension ServerProcess {
    /// What a browser asks before a page of another origin sends something.
    fileprivate func preflight(from origin: String, asking headers: String) async throws -> HTTPResponse {
        let headers = [
            "Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": headers,
        ]
        return try await http("OPTIONS", "/rooms", headers: headers)
    }

    /// The answer to a handshake.
    fileprivate func open(_ target: String, _ headers: [String: String]) async throws -> HTTPResponse {
        let connection = try await connect()
        try await connection.send(Handshake.request(target, port: port, adding: headers))
        return try await connection.receive("the answer to the handshake", HTTPResponse.parse)
    }
}
