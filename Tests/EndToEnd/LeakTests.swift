import Testing

@Suite("Leaks: what connections leave behind")
struct LeakTests {
    @Test("After 200 connections that end in all kinds of ways, the server has no more files open than before")
    func closesEverything() async throws {
        // In memory, since a database is given more connections while many want something of it.
        try await withServer(.memory) { server in
            let id = try await server.createRoom(code: "")
            let (watcher, _) = try await WebSocketClient.join(id, of: server)
            let before = try server.openFiles()
            try await withThrowingTaskGroup { visits in
                for _ in 1...40 { visits.addTask { try await visit(server, room: id) } }
                try await visits.waitForAll()
            }
            let after = try await leastOpenFiles(of: server, until: before, watcher)
            #expect(after <= before)
        }
    }

    /// Five connections: a good one, a broken one, a reset, one that is given up half-way, and plain HTTP.
    private func visit(_ server: ServerProcess, room: String) async throws {
        let (good, _) = try await WebSocketClient.join(room, of: server)
        try await good.close()

        let (broken, _) = try await WebSocketClient.join(room, of: server)
        try await broken.send(Frame(opcode: 0xF))
        _ = try await broken.closeCode()

        let (gone, _) = try await WebSocketClient.join(room, of: server)
        try await gone.connection.reset()

        let half = try await server.connect()
        try await half.send("GET /ws/\(room) HTTP/1.1\r\nHo")
        try await half.close()

        let idle = try await server.connect()
        try await idle.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try await idle.receive("the answer", HTTPResponse.parse)
        try await idle.close()
    }

    /// The fewest open files that are seen while a client that stays says hello: who has left is found out in between.
    private func leastOpenFiles(
        of server: ServerProcess, until target: Int, _ client: WebSocketClient
    ) async throws -> Int {
        var least = try server.openFiles()
        for _ in 1...10_000 where least > target {
            _ = try await client.messagesUntilNow()
            least = min(least, try server.openFiles())
        }
        return least
    }
}
