import TestSupport
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

    @Test("A member of the change dialect that did not read starts over from one text, and its own edit is not lost")
    func resyncsWhoDidNotRead() async throws {
        try await withServer(["conflict.policy": "merge", "limits.send_buffer": "16KiB"]) { server in
            let id = try await server.createRoom()
            let typist = try await ChangeClient.join(id, of: server)
            let slow = try await ChangeClient.join(id, of: server)
            try await slow.socket.connection.stopReading()
            // The text goes to and fro, so that far more is sent than the sockets hold, and the text stays small.
            let block = String(repeating: "0123456789abcdef", count: 1 << 12)
            for turn in 0..<400 {
                if turn.isMultiple(of: 2) {
                    try await typist.edit("\(turn)", on: turn, at: 0, block)
                } else {
                    try await typist.edit("\(turn)", on: turn, at: 0, to: block.count, "")
                }
                _ = try await typist.next("ack")
            }
            try await typist.edit("last", on: 400, at: 0, "!")
            _ = try await typist.next("ack")
            try await slow.socket.connection.resumeReading()
            #expect(try await slow.countTexts(upTo: 401) > 0)
            try await slow.edit("1", on: 0, at: 0, "x")
            #expect(try await slow.next("rejected")["reason"] == "conflict")
            try await slow.edit("2", on: 401, at: 1, "x")
            #expect(try await slow.next("ack")["revision"] == 402)
            #expect(try await server.room(id)["code"] == "!x")
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

extension ChangeClient {
    /// Reads up to a revision and returns how often it had to start over; in between, no change may be missing.
    fileprivate func countTexts(upTo last: Int) async throws -> Int {
        var revision = 0
        var texts = 0
        while revision < last {
            let message = try await next()
            guard let reached = message["revision"]?.integer else { throw Failure("\(message) has no revision") }
            if message["type"] == "resync" {
                texts += 1
            } else if reached != revision + 1 {
                throw Failure("after revision \(revision) came \(reached)")
            }
            revision = reached
        }
        return texts
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
