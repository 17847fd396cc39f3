import Foundation
import TestSupport
import Testing

@Suite("Open files: a server that runs short of them refuses connections, and goes on")
struct OpenFilesTests {
    /// Starts a program that may have so many files open at once.
    private static func launcher(files limit: Int) -> [String] {
        ["/bin/sh", "-c", #"ulimit -n \#(limit); exec "$@""#, "sh"]
    }

    @Test("Connections over what the system allows are refused, and those within it are served", arguments: [64, 200])
    func refusesConnections(limit: Int) async throws {
        let settings: Settings = ["limits.members_per_room": "5000", "storage.provider": "sqlite"]
        try await withServer(settings, under: Self.launcher(files: limit)) { server in
            let id = try await server.createRoom(code: "")
            var members: [WebSocketClient] = []
            var refusals = 0
            while refusals < 3 * limit {
                let client = try await WebSocketClient.connect(to: server, room: id)
                switch try await client.event() {
                case .message: members.append(client)
                case .closed(let code):
                    #expect(code == 1013)
                    refusals += 1
                case .pong: break
                }
            }
            #expect((limit / 5...limit).contains(members.count))
            #expect(try server.openFiles() < limit)
            #expect(server.log.contains("\(members.count) WebSocket connections will be accepted"))

            try await members[0].type("still served")
            #expect(try await members[1].message()["code"] == "still served")
            try await members[0].close()
            let (late, welcome) = try await WebSocketClient.join(id, of: server)
            #expect(welcome["code"] == "still served")
            try await late.close()
        }
    }

    @Test("Connections that ask for nothing do not use up the files either")
    func boundsIdleConnections() async throws {
        let limit = 64
        try await withServer(["storage.provider": "sqlite"], under: Self.launcher(files: limit)) { server in
            let id = try await server.createRoom(code: "")
            let (ada, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            var idle: [RawConnection] = []
            for _ in 0..<2 * limit { idle.append(try await server.connect()) }
            try await ada.type("in between")
            #expect(try await bob.message()["code"] == "in between")
            #expect(try server.openFiles() < limit)
            // Nobody waits in vain: who comes too late is refused at once, and the log says why.
            let refused = try #require(idle.last)
            #expect(try await refused.receiveUntilEnd().hasPrefix("HTTP/1.1 503 "))
            #expect(server.log.contains("Connections are refused"))
            for connection in idle { try? await connection.finishSending() }
        }
    }

    @Test("With too few files a command says so, and does not die", arguments: [8, 10, 12, 16, 31, 36])
    func tellsThatThereAreTooFew(limit: Int) async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write("storage: { sqlite: { path: rooms.db } }\n", to: "config.yaml")
        let command = try Self.launcher(files: limit) + [Products.pairloom().path, "serve", "--config", config.path]
        let result = try await Command.run(.init(filePath: command[0]), Array(command.dropFirst()))
        #expect(result.exit == .status(69))
        #expect(result.errors.contains("open only \(limit) files at once, which is too few; raise the limit"))
    }
}
