import TestSupport
import Testing

@Suite("Behind nginx")
struct ProxyTests {
    /// A location that passes everything on to a server.
    private static func location(
        _ path: String = "/", to server: ServerProcess, _ target: String = "", _ lines: String = Nginx.upgrade
    ) -> String {
        "location \(path) { proxy_pass http://127.0.0.1:\(server.port)\(target); \(lines) }"
    }

    /// Makes a room by way of nginx, and types into it from two connections.
    private func typeTogether(_ nginx: Nginx, prefix: String = "") async throws {
        let origin = ["Origin": "http://pair.example:\(nginx.port)"]
        let made = try await nginx.http("POST", "\(prefix)/rooms", "{}", headers: origin)
        #expect(made.status == 200)
        let id = try #require(try made.json()["roomId"]?.string)
        let (answer, alice) = try await nginx.open("\(prefix)/ws/\(id)")
        #expect(answer.status == 101)
        let (other, bob) = try await nginx.open("\(prefix)/ws/\(id)")
        #expect(other.status == 101)
        _ = try await (alice.message(), bob.message())
        try await alice.type("typed")
        let update = try await bob.message()
        #expect(update["code"] == "typed")
    }

    // MARK: Hosts

    @Test(
        "Two people type where the host is passed on with its port",
        arguments: ["$http_host", "$host:$server_port"])
    func passesHosts(host: String) async throws {
        try await withServer { server in
            let nginx = try await Nginx.start(
                Self.location(to: server, "", "\(Nginx.upgrade) proxy_set_header Host \(host);"))
            try await typeTogether(nginx)
        }
    }

    @Test("Where the port is lost, people are told what to write, and with that it works")
    func losesThePort() async throws {
        try await withServer { server in
            let nginx = try await Nginx.start(
                Self.location(to: server, "", "\(Nginx.upgrade) proxy_set_header Host $host;"))
            let page = "http://pair.example:\(nginx.port)"
            let made = try await nginx.http("POST", "/rooms", "{}", headers: ["Origin": page])
            #expect(made.status == 200)
            let (refused, _) = try await nginx.open("/ws/a")
            #expect(refused.status == 403)
            #expect(try refused.json()["detail"]?.string?.contains("`public_url: \"\(page)\"`") == true)
            let asked = try await nginx.http(
                "GET", "/ws/a?page=http%3A%2F%2Fpair.example%3A\(nginx.port)%2F", headers: ["Accept": "text/html"])
            #expect(asked.status == 403 && asked.body.contains("<h1>This page may not use the server</h1>"))
            #expect(server.log.contains("write `public_url: \"\(page)\"` under `server` in config.yaml"))

            try await server.reload(["server.public_url": page])
            try await typeTogether(nginx)
            try await server.reload([:])
            let (again, _) = try await nginx.open("/ws/a")
            #expect(again.status == 403)
        }
    }

    @Test("Where the host is told in headers, it counts once the proxy is trusted")
    func trustsForwardedHosts() async throws {
        try await withServer { server in
            let headers = "proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;"
            let nginx = try await Nginx.start(Self.location(to: server, "", "\(Nginx.upgrade) \(headers)"))
            let (refused, _) = try await nginx.open("/ws/a")
            #expect(refused.status == 403)
            #expect(server.log.contains("`server.trusted_proxies` names that address"))
            try await server.reload(["server.trusted_proxies": "[127.0.0.1]"])
            try await typeTogether(nginx)
        }
    }

    // MARK: Upgrades

    @Test(
        "Where the headers of the upgrade are lost, the lines that are missing are told",
        arguments: [
            ("", 426, "not_upgraded"), ("proxy_http_version 1.1;", 426, "not_upgraded"),
            ("proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";", 400, "http_version"),
            ("proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;", 400, "connection"),
        ])
    func losesUpgrades(lines: String, status: Int, reason: String) async throws {
        try await withServer { server in
            let nginx = try await Nginx.start(
                Self.location(to: server, "", "\(lines) proxy_set_header Host $http_host;"))
            for _ in 0..<2 {
                let (answer, _) = try await nginx.open("/ws/a")
                #expect(answer.status == status)
                #expect(try answer.json()["detail"]?.string?.contains(Nginx.upgrade) == true)
            }
            #expect(server.log.ranges(of: Nginx.upgrade).count == 1)
            let metrics = try await server.http("GET", "/metrics").body
            #expect(metrics.contains("pairloom_failed_upgrades_total{reason=\"\(reason)\"} 2"))
        }
    }

    // MARK: Paths

    @Test("Below a path that nginx takes off, pages load all that they name, and two people type")
    func servesBelowPaths() async throws {
        try await withServer { server in
            let nginx = try await Nginx.start(
                Self.location("/pair/", to: server, "/", "\(Nginx.upgrade) proxy_set_header Host $http_host;"))
            try await typeTogether(nginx, prefix: "/pair")
            try await loadPages(nginx, prefix: "/pair")
            try await server.reload(["server.public_url": "http://pair.example:\(nginx.port)/pair"])
            let made = try await nginx.http("POST", "/pair/rooms", "{}")
            let location = try #require(made["Location"])
            #expect(location.hasPrefix("/pair/rooms/"))
            let room = try await nginx.http("GET", location)
            #expect(room.status == 200)
            try await loadPages(nginx, prefix: "/pair")
        }
    }

    @Test("Below a path that nginx leaves on, the same goes with a public URL, and without one people are told")
    func servesBelowPathsLeftOn() async throws {
        try await withServer { server in
            let nginx = try await Nginx.start(
                Self.location("/pair", to: server, "", "\(Nginx.upgrade) proxy_set_header Host $http_host;"))
            let page = try await nginx.http("GET", "/pair/", headers: ["Accept": "text/html"])
            #expect(page.status == 404 && page.body.contains("<code>public_url</code>"))
            let (refused, _) = try await nginx.open("/pair/ws/a")
            #expect(refused.status == 404)
            #expect(server.log.contains("the request is for /pair/ws/a."))

            try await server.reload(["server.public_url": "http://pair.example:\(nginx.port)/pair/"])
            try await typeTogether(nginx, prefix: "/pair")
            try await loadPages(nginx, prefix: "/pair")
            let moved = try await nginx.http("GET", "/pair")
            #expect(moved.status == 308 && moved["Location"] == "/pair/")
        }
    }

    /// Loads the pages, and each file that they name, as a browser finds it.
    private func loadPages(_ nginx: Nginx, prefix: String) async throws {
        for path in ["/", "/r/a", "/r/a/", "/docs"] {
            let page = try await nginx.http("GET", prefix + path)
            #expect(page.status == 200)
            let folder = path.dropLast(path.reversed().prefix { $0 != "/" }.count)
            for match in page.body.matches(of: /(?:href|src)="([^"]+)"/) where !match.1.hasPrefix("https:") {
                var segments = folder.split(separator: "/")[...]
                for segment in match.1.split(separator: "/") where segment != "." {
                    if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
                }
                #expect(match.1.hasPrefix("."))
                let file = try await nginx.http("GET", "\(prefix)/\(segments.joined(separator: "/"))")
                #expect(file.status == 200, "\(path): \(match.1)")
            }
        }
    }
}
