import TestSupport
import Testing

@Suite("Random input: nothing that arrives stops the server")
struct RandomInputTests {
    @Test("Random frames never disturb anyone else")
    func survivesRandomFrames() async throws {
        var random = SeededGenerator()
        print("random frames: seed \(random.seed)")
        try await withServer(["limits.document": "4KiB", "limits.message": "8KiB"]) { server in
            let id = try await server.createRoom(code: "")
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            for _ in 1...100 {
                let (mallory, _) = try await WebSocketClient.join(id, of: server)
                let frames = (1...Int.random(in: 1...8, using: &random)).map { _ in Frame.random(using: &random) }
                try await mallory.connection.sendAndFinish(frames.flatMap(\.bytes))
            }
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type("still here")
            while try await bob.message()["code"] != "still here" {}
        }
    }

    @Test("Damaged requests are answered or dropped, and the next one is served")
    func survivesDamagedRequests() async throws {
        var random = SeededGenerator()
        print("damaged requests: seed \(random.seed)")
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let requests = [
                Handshake.request("/ws/\(id)", port: server.port),
                "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 17\r\n\r\n{\"code\": \"hello\"}",
                "POST /rooms HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            ].map { Array($0.utf8) }
            for _ in 1...100 {
                var bytes = requests[Int.random(in: 0..<requests.count, using: &random)]
                for _ in 1...Int.random(in: 1...5, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
                let connection = try await server.connect()
                try await connection.sendAndFinish(bytes)
            }
        }
    }
}

extension RawConnection {
    /// Sends bytes and the end of all sending, and waits until the server has hung up, which it may do at any time.
    fileprivate func sendAndFinish(_ bytes: [UInt8]) async throws {
        try? await send(bytes)
        try? await finishSending()
        _ = try await receiveUntilEnd()
    }
}

extension Frame {
    /// A frame that is more often right than wrong, so that some of them are read as messages.
    fileprivate static func random(using random: inout SeededGenerator) -> Frame {
        let messages = [#"{"type":"code_update","code":"random"}"#, #"{"type":7}"#, "{", "🧵", ""]
        var payload = Array(messages[Int.random(in: 0..<messages.count, using: &random)].utf8)
        if !payload.isEmpty, Bool.random(using: &random) {
            payload[Int.random(in: 0..<payload.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        let isOdd = Int.random(in: 0..<5, using: &random) == 0
        var frame = Frame(opcode: isOdd ? UInt8.random(in: 0...15, using: &random) : Opcode.text, payload: payload)
        frame.isFinal = Int.random(in: 0..<5, using: &random) > 0
        if Int.random(in: 0..<20, using: &random) == 0 { frame.reserved = 0x40 }
        if Int.random(in: 0..<20, using: &random) == 0 { frame.mask = nil }
        if Int.random(in: 0..<20, using: &random) == 0 { frame.claimedLength = random.next() >> 32 }
        return frame
    }
}
