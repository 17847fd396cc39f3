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
            (HTTPRequest.Method.delete, "/rooms", "POST"), (.get, "/autocomplete", "POST"),
            (.post, "/health/", "GET, HEAD"), (.put, "/rooms/a", "GET, HEAD, PATCH"), (.options, "/rooms", "POST"),
            (.post, "/ws/a", "GET, HEAD"), (.patch, "/", "GET, HEAD"), (.head, "/autocomplete", "POST"),
        ] {
            let response = try await server.send(method, path)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == allow)
            #expect(response.text == (method == .head ? "" : #"{"detail":"Method Not Allowed"}"#))
        }
    }

    @Test(
        "HEAD is answered as GET, without the body",
        arguments: [
            "/", "/r/a", "/r/a/", "/editor/room.js", "/editor/none.js", "/rooms/nowhere", "/health", "/health/ready/",
            "/metrics", "/openapi.json", "/docs", "/redoc", "/ws/a", "/none",
        ])
    func head(path: String) async throws {
        for headers in [[:], [.accept: "text/html", .acceptEncoding: "gzip"]] as [HTTPFields] {
            let get = try await server.send(.get, path, headers: headers)
            let head = try await server.send(.head, path, headers: headers)
            #expect(head.status == get.status && head.headers == get.headers)
            #expect(head.headers[.contentLength] == "\(get.body.readableBytes)")
            #expect(head.body.readableBytes == 0)
        }
    }

    @Test("HEAD of a room has its ETag, and of a file that a browser has, 304")
    func headOfRooms() async throws {
        let path = try #require(try await server.makeAndRead(#"{"code":"x"}"#).made.headers[.location])
        let head = try await server.send(.head, path)
        #expect(head.status == .ok && head.headers[.eTag] == "\"0\"" && head.text == "")
        let tag = try #require(try await server.send(.head, "/editor/room.js").headers[.eTag])
        let known = try await server.send(.head, "/editor/room.js", headers: [.ifNoneMatch: tag])
        #expect(known.status == .notModified)
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
        #expect(try await server.send(.get, "/docs").text.contains(#"src="./docs/assets/swagger-ui-bundle.js""#))
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
        #expect(listed.headers[.vary] == "Accept, Origin")
        let preflight = try await server.send(.options, "/rooms", headers: origin)
        #expect(preflight.status == .noContent)
        #expect(preflight.headers[.accessControlAllowMethods]?.contains("POST") == true)
        let foreign = try await server.send(
            .options, "/rooms", headers: [.origin: "https://evil.example", .accessControlRequestMethod: "POST"])
        #expect(
            foreign.status == .forbidden && foreign.text.contains(#"`\"https://evil.example\"` to `allowed_origins`"#))
        #expect(foreign.headers[.accessControlAllowOrigin] == nil && foreign.headers[.vary] == "Origin")
        server.origins = ["*"]
        let open = try await server.send(.get, "/health", headers: origin)
        #expect(open.headers[.accessControlAllowOrigin] == "*")
        #expect(open.headers[.accessControlAllowCredentials] == nil)
    }

    @Test("a page that is allowed may send what it asks to send")
    func preflights() async throws {
        var server = server
        server.origins = ["https://editor.example"]
        for (asked, granted) in [
            ("x-requested-with,content-type", "x-requested-with,content-type"), ("x-a, x-b", "x-a, x-b"),
        ] {
            for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
                let answer = try await server.send(
                    .options, "/rooms/a",
                    headers: [
                        .origin: "https://editor.example", .accessControlRequestMethod: method,
                        .accessControlRequestHeaders: asked,
                    ])
                #expect(answer.status == .noContent && answer.headers[.accessControlAllowHeaders] == granted)
                #expect(answer.headers[.accessControlAllowMethods]?.contains(method) == true)
            }
        }
        let plain = try await server.send(.options, "/rooms", headers: [.origin: "https://editor.example"])
        #expect(plain.status == .methodNotAllowed)
    }

    @Test("the path of a public URL stands before a new room's, that of the one that was asked if there are several")
    func location() async throws {
        var server = server
        for (urls, prefix) in [
            (["https://pair.example/a/"], "/a/rooms/"), (["http://other.example/a/b"], "/a/b/rooms/"),
            (["https://pair.example"], "/rooms/"), (["http://other.example/a", "http://TEST:80/b"], "/b/rooms/"),
            (["http://other.example/a", "http://test:8080/c"], "/c/rooms/"),
            (["http://other.example/a", "http://another.example/b"], "/a/rooms/"),
        ] {
            server.publicURLs = urls
            let made = try await server.send(.post, "/rooms")
            #expect(made.headers[.location]?.hasPrefix(prefix) == true, "\(urls)")
        }
    }

    @Test("a browser is shown a page where there is none, and everything else the error")
    func readablePages() async throws {
        for (path, status, words) in [
            ("/pair/", HTTPResponse.Status.notFound, "`public_url`"),
            ("/ws/a", .upgradeRequired, "proxy_http_version 1.1"),
            ("/ws/a?page=http%3A%2F%2Fpair.example%3A81%2Fx%2F", .forbidden, "http://pair.example:81/x"),
        ] {
            let page = try await server.send(.get, path, headers: [.accept: "text/html,*/*;q=0.8"])
            #expect(page.status == status && page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains(words.replacing("`", with: "")) && page.text.contains("<code>"))
            #expect(page.headers[.vary] == "Accept")
            let json = try await server.send(.get, path, headers: [.accept: "*/*"])
            #expect(json.status == status && json.headers[.contentType] == "application/json")
        }
        let room = try await server.send(.get, "/rooms/none", headers: [.accept: "text/html"])
        #expect(room.headers[.contentType] == "application/json")
    }
}
