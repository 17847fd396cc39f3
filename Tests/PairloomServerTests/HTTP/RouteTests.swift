import CollabText
import Foundation
import HTTPTypes
import Hummingbird
import PairloomServer
import ProviderKit
import Rooms
import Testing
import Wire

@Suite("Routes, without a socket")
struct RouteTests {
    private let server = RouteTestServer()

    @Test("a room is made, named in Location, and read back with its revision as ETag")
    func rooms() async throws {
        let (made, read) = try await server.makeAndRead(#"{"code":"é = 1\n","language":"go"}"#)
        #expect(made.status == .ok)
        let id = try #require(made.headers[.location]?.dropFirst("/rooms/".count))
        #expect(made.text == #"{"roomId":"\#(id)"}"#)
        #expect(read.headers[.eTag] == "\"0\"")
        #expect(read.headers[.contentType] == "application/json")
        #expect(
            read.text
                == #"{"id":"\#(id)","code":"é = 1\n","language":"go","revision":0,"#
                + #""createdAt":"2025-11-23T18:12:36.007Z","updatedAt":"2025-11-23T18:12:36.007Z"}"#)
    }

    @Test("a room needs no body", arguments: ["", "null", "{}"])
    func noBody(body: String) async throws {
        #expect(try await server.makeAndRead(body).read.text.contains(#""language":"python""#))
    }

    @Test("what names no room is 404", arguments: ["nowhere", "%00", "%ff", "%zz", "%", "a%2Fb", "a%00b"])
    func noRoom(id: String) async throws {
        let response = try await server.send(.get, "/rooms/\(id)")
        #expect(response.status == .notFound)
        #expect(response.text == #"{"detail":"Room not found"}"#)
    }

    @Test(
        "what is no route is 404",
        arguments: [
            "/nowhere", "/rooms/a/b", "//", "//rooms", "/docs/nowhere", "/docs/assets/swagger-ui.css", "/../etc/passwd",
            "/ws",
        ])
    func noRoute(path: String) async throws {
        for method in [HTTPRequest.Method.get, .post, .delete] {
            let response = try await server.send(method, path)
            #expect(response.status == .notFound)
            #expect(response.text == #"{"detail":"Not Found"}"#)
        }
    }

    @Test("a method that a path does not know is 405 with those that it knows")
    func wrongMethod() async throws {
        for (method, path, allow) in [
            (HTTPRequest.Method.delete, "/rooms", "POST"), (.get, "/autocomplete", "POST"), (.post, "/health/", "GET"),
            (.put, "/rooms/a", "GET, PATCH"), (.options, "/rooms", "POST"), (.post, "/ws/a", "GET"),
            (.patch, "/", "GET"),
        ] {
            let response = try await server.send(method, path)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == allow)
            #expect(response.text == #"{"detail":"Method Not Allowed"}"#)
        }
        let head = try await server.send(.head, "/health")
        #expect(head.status == .methodNotAllowed)
        #expect(head.text == "")
    }

    @Test("a code over the limit, or a body, is 413")
    func tooLarge() async throws {
        var server = server
        server.limits = ServerLimits(document: 10, message: 100)
        let code = try await server.send(.post, "/rooms", #"{"code":"01234567890"}"#)
        #expect(code.status == .contentTooLarge)
        #expect(code.text == #"{"detail":"The code is over the limit of 10 bytes"}"#)
        for path in ["/rooms", "/autocomplete"] {
            let body = try await server.send(.post, path, String(repeating: " ", count: 101))
            #expect(body.status == .contentTooLarge)
            #expect(body.text == #"{"detail":"The body is over the limit of 100 bytes"}"#)
        }
    }

    @Test("an invalid body is 422")
    func invalid() async throws {
        let response = try await server.send(.post, "/autocomplete")
        #expect(response.status.code == 422)
        #expect(response.text == #"{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}"#)
    }

    @Test("rooms over the allowance of a minute are 429, with when to try again")
    func allowance() async throws {
        var server = server
        server.limits = ServerLimits(roomsPerMinute: 2)
        let responses = try await server.statuses(.post, "/rooms", count: 3)
        #expect(responses.map(\.status) == [.ok, .ok, .tooManyRequests])
        #expect(responses[2].headers[.retryAfter] == "30")
    }

    @Test("a completion is told with the provider's name, and asked for with a language in lower case")
    func completes() async throws {
        var server = server
        server.autocomplete = FixedAutocomplete { request in
            Completion("\(request.language) \(request.cursor) \(request.text)")
        }
        let response = try await server.send(
            .post, "/autocomplete", #"{"code":"a😀","cursorPosition":3,"language":"PyThon"}"#)
        #expect(response.text == #"{"suggestion":"python 3 a😀","provider":"rules"}"#)
    }

    @Test(
        "If-Match is a tag of the room, weak or strong, or *; anything else is 400",
        arguments: [
            (#""0""#, 200), (#"W/"0""#, 200), (#""000""#, 200), ("*", 200), (#"W/"9007199254740991""#, 200),
            (#""9007199254740992""#, 400), (#""9223372036854775807""#, 400), (#"W/"9223372036854775808""#, 400),
            (#""-1""#, 400), (#""+0""#, 400), (#""-0""#, 400), (#""0.0""#, 400), (#""1e0""#, 400), (#""٠""#, 400),
            (#"w/"0""#, 400), (#"W/0"#, 400), (#"W/ "0""#, 400), (#"W/W/"0""#, 400), (#""0", "1""#, 400), ("0", 400),
            ("\"\"", 400), ("\"", 400), ("W/", 400), ("", 400), (#""\#(String(repeating: "9", count: 5_000))""#, 400),
        ])
    func ifMatch(tag: String, status: Int) async throws {
        let id = RoomID("a")
        try await server.store.create(
            RoomRecord(id: id, language: "go", createdAt: Timestamp(milliseconds: 0)), text: "")
        let response = try await server.send(.patch, "/rooms/a", #"{"code":"x"}"#, headers: [.ifMatch: tag])
        #expect(response.status.code == status, "\(tag): \(response.text)")
    }

    @Test("no answer, a failure, a late answer and one that is far too long are all an empty suggestion")
    func noCompletion() async throws {
        let providers: [FixedAutocomplete] = [
            FixedAutocomplete { _ in nil },
            FixedAutocomplete { _ in Completion(String(repeating: "x", count: 1 << 20 + 1)) },
            FixedAutocomplete { _ throws(AutocompleteError) in throw AutocompleteError(.unavailable, "down") },
            FixedAutocomplete { _ in
                try? await Task.sleep(for: .seconds(3_600))
                return Completion("late")
            },
        ]
        for provider in providers {
            var server = server
            server.autocomplete = provider
            server.suggestions = SuggestionOptions(timeout: .milliseconds(20))
            let response = try await server.send(
                .post, "/autocomplete", #"{"code":"","cursorPosition":0,"language":""}"#)
            #expect(response.status == .ok)
            #expect(response.text == #"{"suggestion":"","provider":"rules"}"#)
        }
    }

    @Test("a store that does not save makes the server degraded, and only unready")
    func degraded() async throws {
        var server = server
        server.health = StoreHealth(problem: "disk full", oldestUnsaved: .milliseconds(1_500), unsavedBytes: 7)
        let expected =
            #"{"status":"degraded","problem":"disk full","version":"1.2.3","unsavedBytes":7,"oldestUnsavedMilliseconds":1500}"#
        let health = try await server.send(.get, "/health")
        #expect(health.status == .ok && health.text == expected)
        let ready = try await server.send(.get, "/health/ready")
        #expect(ready.status == .serviceUnavailable && ready.text == expected)
        let live = try await server.send(.get, "/health/live")
        #expect(live.status == .ok && live.text == #"{"status":"ok"}"#)
    }

    @Test("metrics, pages and the description are there")
    func pages() async throws {
        let metrics = try await server.send(.get, "/metrics/")
        #expect(metrics.text == "# TYPE up gauge\nup 1\n")
        for path in ["/", "/docs", "/redoc"] {
            let page = try await server.send(.get, path)
            #expect(page.status == .ok)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
        }
        let description = try await server.send(.get, "/openapi.json")
        let json = try JSONSerialization.jsonObject(with: Data(description.text.utf8)) as? [String: Any]
        #expect(json?["openapi"] as? String == "3.1.0")
    }

    @Test("files of the documentation come from the folder of the configuration, and nothing else does")
    func docsAssets() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("body {}".utf8).write(to: folder.appending(path: "swagger-ui.css"))
        try Data("secret".utf8).write(to: folder.appending(path: "secret.txt"))
        var server = server
        server.options = ServerOptions(docsAssets: folder.path)
        let style = try await server.send(.get, "/docs/assets/swagger-ui.css")
        #expect(style.text == "body {}")
        #expect(style.headers[.contentType] == "text/css; charset=utf-8")
        #expect(try await server.send(.get, "/docs").text.contains(#"src="/docs/assets/swagger-ui-bundle.js""#))
        for name in ["secret.txt", "..%2Fsecret.txt", "../secret.txt", "redoc.standalone.js", "%2e%2e"] {
            let response = try await server.send(.get, "/docs/assets/\(name)")
            #expect(response.status == .notFound)
            #expect(response.text == #"{"detail":"Not Found"}"#)
        }
    }

    @Test("a WebSocket's path without the upgrade is 426")
    func upgradeRequired() async throws {
        let response = try await server.send(.get, "/ws/a")
        #expect(response.status == .upgradeRequired)
        #expect(response.headers[.upgrade] == "websocket")
    }

    @Test("other origins get no leave unless they are listed")
    func origins() async throws {
        let origin: HTTPFields = [.origin: "https://Editor.example", .accessControlRequestMethod: "POST"]
        let closed = try await server.send(.get, "/health", headers: origin)
        #expect(closed.headers[.accessControlAllowOrigin] == nil && closed.headers[.vary] == nil)
        var server = server
        server.origins = ["https://editor.example"]
        let listed = try await server.send(.get, "/nowhere", headers: origin)
        #expect(listed.headers[.accessControlAllowOrigin] == "https://Editor.example")
        #expect(listed.headers[.vary] == "Origin")
        let preflight = try await server.send(.options, "/rooms", headers: origin)
        #expect(preflight.status == .noContent)
        #expect(preflight.headers[.accessControlAllowMethods]?.contains("POST") == true)
        let foreign = try await server.send(
            .options, "/rooms", headers: [.origin: "https://evil.example", .accessControlRequestMethod: "POST"])
        #expect(foreign.status == .methodNotAllowed)
        #expect(foreign.headers[.accessControlAllowOrigin] == nil && foreign.headers[.vary] == "Origin")
        server.origins = ["*"]
        let open = try await server.send(.get, "/health", headers: origin)
        #expect(open.headers[.accessControlAllowOrigin] == "*")
        #expect(open.headers[.accessControlAllowCredentials] == nil)
    }
}
