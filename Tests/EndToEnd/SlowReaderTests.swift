import Testing

@Suite("Slow readers: nobody pays for the one who does not read")
struct SlowReaderTests {
    private static let rounds = 96

    @Test("While one of fifty members does not read, the others get everything and memory stays bounded")
    func boundsMemory() async throws {
        let settings = [
            "limits.document": "2MiB", "limits.message": "4MiB", "limits.members_per_room": "50",
            // Long enough for a machine on which this takes minutes: nobody here answers pings.
            "limits.idle_timeout": "1h",
        ]
        try await withServer(settings) { server in
            let id = try await server.createRoom(code: "")
            let (typist, _) = try await WebSocketClient.join(id, of: server)
            let (silent, _) = try await WebSocketClient.join(id, of: server)
            var readers: [WebSocketClient] = []
            for _ in 3...50 { readers.append(try await WebSocketClient.join(id, of: server).0) }
            try await exchange(1, typist: typist, readers: readers)
            _ = try await silent.message()
            let before = try server.residentMemory()

            try await silent.connection.stopReading()
            var most = before
            for round in 2...Self.rounds {
                try await exchange(round, typist: typist, readers: readers)
                most = max(most, try server.residentMemory())
            }
            #expect(most - before < 64 << 20, "grew by \((most - before) >> 20) MiB")

            try await silent.connection.resumeReading()
            try await silent.wait(for: Self.rounds)
        }
    }

    /// One member types a megabyte that begins with the number of the round; all of the others but the silent one get it.
    ///
    /// The rest stays the same: what the room remembers of each change is a few bytes.
    private func exchange(_ round: Int, typist: WebSocketClient, readers: [WebSocketClient]) async throws {
        let filler = String(repeating: "0123456789abcdef", count: 1 << 16)
        var frame = Frame.text(#"{"type":"code_update","code":"\#(round):\#(filler)"}"#)
        frame.mask = [0, 0, 0, 0]
        try await typist.send(frame)
        for reader in readers { try await reader.wait(for: round) }
    }
}

extension WebSocketClient {
    /// Reads on until the text of a round has arrived.
    fileprivate func wait(for round: Int) async throws {
        // Looked for in the bytes: as JSON, megabytes would take longer than their way.
        let mark = Array("\"\(round):".utf8)
        while true {
            let frame = try await frame()
            if frame.payload.prefix(100).firstRange(of: mark) != nil { return }
            if frame.opcode == Frame.Opcode.close { throw Failure("closed while waiting for round \(round)") }
        }
    }
}
