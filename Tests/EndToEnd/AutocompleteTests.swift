import TestSupport
import Testing

@Suite("Suggestions: a service first, the rules behind it")
struct AutocompleteTests {
    private let byRules: JSON = ["suggestion": "function_name():", "provider": "rules"]
    private let byGemini: JSON = ["suggestion": "return sum(items)", "provider": "gemini"]

    private func body(_ code: String = "def ", client: String? = nil) -> String {
        var body: [String: JSON] = [
            "code": .string(code), "cursorPosition": .number(Double(code.utf16.count)), "language": "python",
        ]
        body["client"] = client.map { .string($0) }
        return JSON.object(body).text
    }

    private func ask(_ server: ServerProcess, _ code: String = "def ", client: String? = nil) async throws -> JSON {
        let response = try await server.http("POST", "/autocomplete", body(code, client: client))
        guard response.status == 200 else { throw Failure("no suggestion: \(response)") }
        return try response.json()
    }

    /// Asks, and expects just this answer.
    private func expect(
        _ answer: JSON, _ server: ServerProcess, _ code: String = "def ", client: String? = nil
    ) async throws {
        let found = try await ask(server, code, client: client)
        #expect(found == answer)
    }

    @Test("the service is heard when it answers")
    func answers() async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, "gemini-3.5-flash-lite")) { server in
            try await expect(byGemini, server)
        }
    }

    @Test("what the service explains around its code is left out")
    func leavesExplanationsOut() async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, "explained")) { server in
            try await expect(["suggestion": "urn sum(items)", "provider": "gemini"], server)
        }
    }

    @Test(
        "the rules are heard when the service has nothing to say, fails, or talks nonsense",
        arguments: [
            "empty-candidate", "no-candidates", "max-tokens", "safety", "bad-key", "forbidden", "withdrawn",
            "precondition", "retry-info", "overloaded", "internal", "gateway", "listed-error", "garbage", "wrong-shape",
            "ten-megabytes", "gzip-bomb", "only-explained", "redirect", "cut-off", "hung-up",
        ])
    func fallsBack(model: String) async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, model)) { server in
            try await expect(byRules, server)
        }
        #expect(try await gemini.state().elsewhere == 0)
    }

    @Test("the rules are heard when the service is too slow", arguments: ["never", "stalled-body"])
    func late(model: String) async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, model, ["autocomplete.timeout": "4s"])) { server in
            try await expect(byRules, server)
            // The connection is given up with the request.
            try await gemini.wait(for: .open, 0)
        }
    }

    @Test("the rules are heard when there is no service at all")
    func noService() async throws {
        let settings: Settings = [
            "autocomplete.provider": "[gemini, rules]",
            "autocomplete.gemini": "{api_key: x, base_url: \"http://127.0.0.1:1\"}",
        ]
        try await withServer(settings) { server in
            try await expect(byRules, server)
        }
    }

    @Test("a refused key is told once, without the key; the service is left alone, and the server is ready")
    func badKey() async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, "bad-key")) { server in
            for number in 1...5 {
                try await expect(byRules, server, "a\(number) = 1\ndef ")
            }
            #expect(try await gemini.state().requests.count == 1)
            #expect(try await server.http("GET", "/health/ready").status == 200)
            #expect(server.log.matches(of: /Autocomplete failed/).count == 1)
            #expect(server.log.contains("autocomplete.gemini.api_key"))
            #expect(!server.log.contains(Settings.geminiKey))
            let metrics = try await server.http("GET", "/metrics").body
            #expect(metrics.contains(#"pairloom_autocomplete_requests_total{outcome="failed",provider="gemini"} 1"#))
            #expect(metrics.contains(#"pairloom_autocomplete_requests_total{outcome="refused",provider="gemini"} 4"#))
        }
    }

    @Test("a service that asks to be left alone is asked once", arguments: ["retry-info", "retry-after"])
    func leftAlone(model: String) async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, model)) { server in
            try await withThrowingTaskGroup { group in
                try await expect(byRules, server, "first = 1\ndef ")
                for number in 1...20 {
                    group.addTask { try await expect(byRules, server, "a\(number) = 1\ndef ") }
                }
                try await group.waitForAll()
            }
            #expect(try await gemini.state().requests.count == 1)
        }
    }

    @Test("who asks the same again gets the same answer, and the service is not asked again")
    func remembers() async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, "gemini-3.5-flash-lite")) { server in
            for _ in 1...3 { try await expect(byGemini, server) }
            let count = try await gemini.state().requests.count
            #expect(count == 1)
        }
    }

    @Test("beyond a client's allowance the rules answer")
    func allowance() async throws {
        let gemini = try await FakeGemini()
        let settings = ["autocomplete.requests_per_minute": "1"]
        try await withServer(.gemini(at: gemini, "gemini-3.5-flash-lite", settings)) { server in
            var providers: [JSON?] = []
            for number in 1...3 { providers.append(try await ask(server, "a\(number) = 1\ndef ")["provider"]) }
            #expect(providers == ["gemini", "rules", "rules"])
            // A name does not make another client of it.
            try await expect(byRules, server, client: "another")
        }
    }

    @Test(
        "a client that goes away ends its request, down to the connection with the service", arguments: [true, false])
    func departure(resets: Bool) async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, "never")) { server in
            let connection = try await server.connect()
            let body = body()
            try await connection.send(
                "POST /autocomplete HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            try await gemini.wait(for: .requests, 1)
            try await (resets ? connection.reset() : connection.close())
            try await gemini.wait(for: .open, 0)
        }
    }

    @Test("a client that asks anew on another connection ends its older request")
    func overtakes() async throws {
        let gemini = try await FakeGemini()
        try await withServer(.gemini(at: gemini, "never")) { server in
            async let older = ask(server, client: "editor 1")
            try await gemini.wait(for: .requests, 1)
            let connection = try await server.connect()
            let newer = body("def  ", client: "editor 1")
            try await connection.send(
                "POST /autocomplete HTTP/1.1\r\nHost: a\r\nContent-Length: \(newer.utf8.count)\r\n\r\n\(newer)")
            #expect(try await older["suggestion"] == "")
            try await gemini.wait(for: .requests, 2)
            try await connection.close()
        }
    }

    @Test("a connection goes on after a suggestion")
    func keepsConnections() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            let body = body()
            for _ in 1...3 {
                try await connection.send(
                    "POST /autocomplete HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
                let response = try await connection.receive("a suggestion", HTTPResponse.parse)
                #expect(try response.json() == byRules)
            }
        }
    }

    @Test("200 requests at once share a few connections, all are answered, and rooms go on")
    func manyAtOnce() async throws {
        let gemini = try await FakeGemini()
        let settings: Settings = [
            "autocomplete.timeout": "5s", "autocomplete.in_flight": "200", "autocomplete.requests_per_minute": "0",
            "conflict.policy": "merge",
        ]
        try await withServer(.gemini(at: gemini, "one-second", settings)) { server in
            let room = try await server.createRoom()
            let ada = try await ChangeClient.join(room, of: server)
            try await withThrowingTaskGroup(of: JSON.self) { group in
                for number in 1...200 {
                    group.addTask { try await ask(server, "a\(number) = 1\ndef ") }
                }
                try await gemini.wait(for: .requests, 8)
                for number in 0..<100 {
                    try await ada.edit("\(number)", on: number, at: 0, "x")
                    #expect(try await ada.next()["type"] == "ack")
                }
                var answers: [JSON: Int] = [:]
                for try await answer in group { answers[answer, default: 0] += 1 }
                #expect(Set(answers.keys) == [byGemini, byRules])
                #expect(answers[byGemini, default: 0] >= 8)
            }
            #expect(try await gemini.state().peak <= 8)
        }
        try await gemini.wait(for: .open, 0)
    }
}
