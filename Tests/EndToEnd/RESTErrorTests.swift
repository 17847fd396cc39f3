import Testing

@Suite("REST errors: what clients of FastAPI expect to read")
struct RESTErrorTests {
    /// A request that is refused with 422, and the problems that the answer must list, in this order.
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let body: String?
        let problems: JSON

        init(_ path: String, _ body: String?, _ problems: JSON...) {
            self.path = path
            self.body = body
            self.problems = .list(problems)
        }

        var testDescription: String { "\(path) \(body ?? "without a body")" }
    }

    static let cases = [
        Case("/autocomplete", nil, ["type": "missing", "loc": ["body"], "msg": "Field required", "input": nil]),
        Case(
            "/autocomplete", "{}", missing("code", in: [:]), missing("cursorPosition", in: [:]),
            missing("language", in: [:])),
        Case(
            "/autocomplete", #"{"code": "a", "language": "python"}"#,
            missing("cursorPosition", in: ["code": "a", "language": "python"])),
        Case(
            "/autocomplete", #"{"language": 3, "cursorPosition": null, "code": []}"#, string("code", []),
            integer("cursorPosition", nil), string("language", 3)),
        Case(
            "/autocomplete", #"{"code": "a", "cursorPosition": "x", "language": "python"}"#,
            [
                "type": "int_parsing", "loc": ["body", "cursorPosition"], "input": "x",
                "msg": "Input should be a valid integer, unable to parse string as an integer",
            ]),
        Case(
            "/autocomplete", #"{"code": "a", "cursorPosition": 0.5, "language": "python"}"#,
            [
                "type": "int_from_float", "loc": ["body", "cursorPosition"], "input": .number(0.5),
                "msg": "Input should be a valid integer, got a number with a fractional part",
            ]),
        Case("/rooms", #"{"code": 1, "language": true}"#, string("code", 1), string("language", true)),
        Case("/rooms", "[]", object([])),
        Case("/rooms", "7", object(7)),
        Case("/rooms", #""text""#, object("text")),
    ]

    @Test("An invalid body is refused with 422 and all of its problems, in field order", arguments: cases)
    func listsProblems(_ bad: Case) async throws {
        try await withServer { server in
            let response = try await server.http("POST", bad.path, bad.body)
            #expect(response.status == 422)
            #expect(response["Content-Type"]?.hasPrefix("application/json") == true)
            #expect(try response.json() == ["detail": bad.problems])
        }
    }

    @Test("Broken JSON is refused with 422 and the place where it breaks", arguments: ["{", #"{"code": }"#, "words"])
    func tellsBrokenJSON(body: String) async throws {
        try await withServer { server in
            for path in ["/rooms", "/autocomplete"] {
                let response = try await server.http("POST", path, body)
                #expect(response.status == 422)
                let problem = try #require(try response.json()["detail"]?[0])
                #expect(problem["type"] == "json_invalid")
                #expect(problem["loc"]?[0] == "body")
                #expect(problem["loc"]?[1]?.integer != nil)
                #expect(problem["msg"] == "JSON decode error")
                #expect(problem["input"] == [:])
                #expect(problem["ctx"]?["error"]?.string != nil)
            }
        }
    }

    @Test("A cursor outside the code counts as the nearest place in it")
    func takesStrayCursors() async throws {
        try await withServer { server in
            func suggestion(at cursor: Int) async throws -> JSON? {
                let body = #"{"code": "def ", "cursorPosition": \#(cursor), "language": "python"}"#
                let response = try await server.http("POST", "/autocomplete", body)
                #expect(response.status == 200)
                return try response.json()["suggestion"]
            }
            for (cursor, nearest) in [(-1, 0), (5, 4), (1_000_000, 4), (.max, 4), (.min, 0)] {
                let (taken, meant) = (try await suggestion(at: cursor), try await suggestion(at: nearest))
                #expect(taken == meant)
            }
            #expect(try await suggestion(at: 5) == "function_name():")
        }
    }

    @Test("Text that no room can hold is refused with 422", arguments: [#"a\u0000b"#, #"\ud800"#, #"\udc00\ud800"#])
    func refusesImpossibleText(code: String) async throws {
        try await withServer { server in
            let response = try await server.http("POST", "/rooms", #"{"code": "\#(code)"}"#)
            #expect(response.status == 422)
        }
    }

    @Test(
        "Whatever names no room is 404",
        arguments: ["nowhere", "00000000-0000-0000-0000-000000000000", "%00", "%ff", "%F0%9F%A7%B5"])
    func tellsMissingRooms(id: String) async throws {
        try await withServer { server in
            let response = try await server.http("GET", "/rooms/\(id)")
            #expect(response.status == 404)
            #expect(try response.json() == ["detail": "Room not found"])
        }
    }

    @Test("What is not there is 404", arguments: ["/nowhere", "/rooms/a/b", "/docs/nowhere", "/../etc/passwd"])
    func tellsMissingRoutes(path: String) async throws {
        try await withServer { server in
            let response = try await server.http("GET", path)
            #expect(response.status == 404)
            #expect(try response.json() == ["detail": "Not Found"])
        }
    }

    @Test(
        "A method that a route does not know is 405, with those that it knows",
        arguments: [("DELETE", "/rooms", "POST"), ("GET", "/autocomplete", "POST"), ("POST", "/health", "GET")])
    func tellsWrongMethods(method: String, path: String, allowed: String) async throws {
        try await withServer { server in
            let response = try await server.http(method, path)
            #expect(response.status == 405)
            #expect(response["Allow"]?.contains(allowed) == true)
            #expect(try response.json() == ["detail": "Method Not Allowed"])
        }
    }

    @Test("A text over the document limit is 413")
    func refusesTooLargeTexts() async throws {
        try await withServer(["limits.document": "1KiB", "limits.message": "16KiB"]) { server in
            let code = String(repeating: "a", count: 1_025)
            let response = try await server.http("POST", "/rooms", #"{"code": "\#(code)"}"#)
            #expect(response.status == 413)
            #expect(try response.json()["detail"]?.string != nil)
        }
    }

    @Test("A body over the message limit is 413, before it has all arrived")
    func refusesTooLargeBodies() async throws {
        try await withServer(["limits.document": "1KiB", "limits.message": "16KiB"]) { server in
            let connection = try await server.connect()
            let claim = "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n{"
            try await connection.send(claim + String(repeating: " ", count: 20_000))
            let response = try await connection.receive("the answer", HTTPResponse.parse)
            #expect(response.status == 413)
        }
    }

    private static func missing(_ field: JSON, in input: JSON) -> JSON {
        ["type": "missing", "loc": ["body", field], "msg": "Field required", "input": input]
    }

    private static func string(_ field: JSON, _ input: JSON) -> JSON {
        ["type": "string_type", "loc": ["body", field], "msg": "Input should be a valid string", "input": input]
    }

    private static func integer(_ field: JSON, _ input: JSON) -> JSON {
        ["type": "int_type", "loc": ["body", field], "msg": "Input should be a valid integer", "input": input]
    }

    private static func object(_ input: JSON) -> JSON {
        [
            "type": "model_attributes_type", "loc": ["body"], "input": input,
            "msg": "Input should be a valid dictionary or object to extract fields from",
        ]
    }
}
