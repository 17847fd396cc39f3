import Glibc
import NIOCore
import TestSupport
import Testing

@Suite("Shutdown: orderly, also under load")
struct ShutdownTests {
    @Test("SIGTERM under load ends the server within five seconds, with 1012 for everyone and nothing lost")
    func stopsUnderLoad() async throws {
        let folder = try TemporaryFolder()
        let (id, seen) = try await withServer(.persistent, in: folder) { server in
            let id = try await server.createRoom(code: "")
            let (witness, _) = try await WebSocketClient.join(id, of: server)
            let (typist, _) = try await WebSocketClient.join(id, of: server)
            let (idler, _) = try await WebSocketClient.join(server.createRoom(), of: server)
            let kept = try await server.connect()
            try await kept.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
            async let typed: Void = typist.typeUntilClosed()
            while let revision = try await witness.message()["revision"]?.integer, revision < 200 {}
            server.send(SIGTERM)
            async let last = witness.lastRevisionBeforeClose()
            let exit = try await server.exit(within: .seconds(5))
            #expect(exit == .status(0))
            #expect(!server.log.contains("ERROR") && !server.log.contains(" error "))
            let (revision, code) = try await last
            #expect(code == 1012)
            let idlerCode = try await idler.closeCode()
            #expect(idlerCode == 1012)
            await typed
            return (id, max(revision, 200))
        }
        try await withServer(.persistent, in: folder) { server in
            let revision = try #require(try await server.room(id)["revision"]?.integer)
            #expect(revision >= seen)
            let room = try await server.room(id)
            #expect(room["code"]?.string == "text \(revision)")
        }
    }

    @Test("SIGINT and SIGTERM end an idle server", arguments: [SIGINT, SIGTERM])
    func stopsIdle(signal: Int32) async throws {
        try await withServer { server in
            server.send(signal)
            let exit = try await server.exit(within: .seconds(5))
            #expect(exit == .status(0))
        }
    }

    @Test(
        "A request that never gets finished does not keep the server from ending",
        arguments: ["", "GET /hea", "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{"])
    func stopsDespiteUnfinishedRequests(beginning: String) async throws {
        try await withServer { server in
            let connection = try await server.connect()
            try await connection.send(beginning)
            try await server.mustAnswer()
            server.send(SIGTERM)
            let exit = try await server.exit(within: .seconds(5))
            #expect(exit == .status(0))
        }
    }

    @Test("Nobody can join a server that has ended, and its port is free at once")
    func freesThePort() async throws {
        // Below the ports that the system gives to connections, which could take it in between.
        let port = Int.random(in: 20_000..<30_000)
        let server = try await ServerProcess.start(port: port)
        let (alice, _) = try await WebSocketClient.join(server.createRoom(), of: server)
        try await server.stop()
        let code = try await alice.closeCode()
        #expect(code == 1012)
        let next = try await ServerProcess.start(port: port)
        try await next.mustAnswer()
    }
}

extension WebSocketClient {
    /// Sends one text after the other until the connection ends.
    fileprivate func typeUntilClosed() async {
        var revision = 0
        while (try? await type("text \(revision + 1)")) != nil { revision += 1 }
    }

    /// The newest revision that still arrives before the server closes, and the code with which it does.
    fileprivate func lastRevisionBeforeClose() async throws -> (revision: Int, code: Int?) {
        var last = 0
        while true {
            switch try await event() {
            case .message(let message): last = message["revision"]?.integer ?? last
            case .closed(let code): return (last, code)
            case .pong: continue
            }
        }
    }
}
