import Testing

@Suite("Frames: everything that RFC 6455 allows")
struct FrameTests {
    private static let update = #"{"type":"code_update","code":"🧵 in pieces"}"#

    @Test("A ping is answered with its payload, up to 125 bytes", arguments: [0, 1, 125])
    func answersPings(size: Int) async throws {
        try await withServer { server in
            let (alice, _) = try await WebSocketClient.join(server.createRoom(), of: server)
            let payload = String(repeating: "p", count: size)
            try await alice.send(.ping(payload))
            let event = try await alice.event()
            #expect(event == .pong(payload))
        }
    }

    @Test("A pong that nobody asked for is no offence")
    func ignoresPongs() async throws {
        try await withServer { server in
            let (alice, _) = try await WebSocketClient.join(server.createRoom(), of: server)
            try await alice.send(Frame(opcode: Frame.Opcode.pong, payload: Array("hello".utf8)))
            let heard = try await alice.messagesUntilNow()
            #expect(heard == [])
        }
    }

    @Test("A message may come in fragments that cut characters, with pings between them")
    func joinsFragments() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let bytes = Array(Self.update.utf8)
            for (index, byte) in bytes.enumerated() {
                let opcode = index == 0 ? Frame.Opcode.text : Frame.Opcode.continuation
                try await alice.send(Frame(opcode: opcode, payload: [byte], isFinal: index == bytes.count - 1))
                if index % 10 == 0 {
                    try await alice.send(.ping("\(index)"))
                    let event = try await alice.event()
                    #expect(event == .pong("\(index)"))
                }
            }
            let update = try await bob.message()
            #expect(update["code"] == "🧵 in pieces")
        }
    }

    @Test("Empty fragments are fragments")
    func joinsEmptyFragments() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await alice.send(Frame(opcode: Frame.Opcode.text, isFinal: false))
            try await alice.send(
                Frame(opcode: Frame.Opcode.continuation, payload: Array(Self.update.utf8), isFinal: false))
            try await alice.send(Frame(opcode: Frame.Opcode.continuation))
            let update = try await bob.message()
            #expect(update["code"] == "🧵 in pieces")
        }
    }

    @Test("Frames may arrive byte by byte")
    func readsSingleBytes() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            for byte in Frame.text(Self.update).bytes + Frame.ping("end").bytes {
                try await alice.connection.send([byte])
            }
            let event = try await alice.event()
            #expect(event == .pong("end"))
            let update = try await bob.message()
            #expect(update["code"] == "🧵 in pieces")
        }
    }

    @Test("Many frames may arrive at once")
    func readsManyFrames() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let frames = (1...200).map { Frame.text(#"{"type":"code_update","code":"\#($0)"}"#) }
            try await alice.connection.send(frames.flatMap(\.bytes))
            let heard = try await alice.messagesUntilNow()
            #expect(heard == [])
            let room = try await server.room(id)
            #expect(room["code"] == "200")
            #expect(room["revision"] == 200)
        }
    }

    @Test("Frames that arrive in one segment with the handshake are not lost")
    func readsFramesBehindTheHandshake() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            let connection = try await server.connect()
            let handshake = Handshake.request("/ws/\(id)", port: server.port)
            try await connection.send(Array(handshake.utf8) + Frame.text(Self.update).bytes + Frame.ping("end").bytes)
            let response = try await connection.receive("the handshake", HTTPResponse.parse)
            #expect(response.status == 101)
            let alice = WebSocketClient(upgraded: connection)
            // A ping may be answered before the room is open.
            let events = [try await alice.event(), try await alice.event()]
            #expect(events.contains(.pong("end")))
            #expect(events.contains(.message(["type": "code_update", "code": "", "revision": 0])))
            let update = try await bob.message()
            #expect(update["code"] == "🧵 in pieces")
        }
    }

    @Test("A close is answered with its code, and the connection ends", arguments: [1000, 1001, 1011, 3000, 4999])
    func answersCloses(code: UInt16) async throws {
        try await withServer { server in
            let (alice, _) = try await WebSocketClient.join(server.createRoom(), of: server)
            try await alice.send(.close(code))
            let answer = try await alice.closeCode()
            #expect(answer == Int(code))
        }
    }

    @Test("A close without a code is answered, and the connection ends")
    func answersEmptyCloses() async throws {
        try await withServer { server in
            let (alice, _) = try await WebSocketClient.join(server.createRoom(), of: server)
            try await alice.send(Frame(opcode: Frame.Opcode.close))
            let answer = try await alice.closeCode()
            #expect(answer == nil || answer == 1000)
        }
    }

    @Test("What a client sends after its close does not count")
    func ignoresWhatFollowsAClose() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "untouched")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await alice.connection.send(Frame.close(1000).bytes + Frame.text(Self.update).bytes)
            let answer = try await alice.closeCode()
            #expect(answer == 1000)
            let room = try await server.room(id)
            #expect(room["code"] == "untouched")
        }
    }

    @Test("A client that no longer answers is let go; one that answers pings stays")
    func dropsDeadClients() async throws {
        try await withServer(["limits.idle_timeout": "1s"]) { server in
            let id = try await server.createRoom(code: "")
            let (deaf, _) = try await WebSocketClient.join(id, of: server)
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            async let pings = alice.pingsUntilPong()
            _ = try await deaf.connection.receiveUntilEnd()
            try await alice.send(.ping("still here"))
            let answered = try await pings
            #expect(answered > 0)
        }
    }

    @Test("A client that has said all it will ever say does not keep its place")
    func letsHalfClosedClientsGo() async throws {
        try await withServer { server in
            let (alice, _) = try await WebSocketClient.join(server.createRoom(), of: server)
            try await alice.connection.finishSending()
            _ = try await alice.connection.receiveUntilEnd()
        }
    }
}

extension WebSocketClient {
    /// Answers pings until a pong arrives, and counts them.
    fileprivate func pingsUntilPong() async throws -> Int {
        var pings = 0
        while true {
            let frame = try await frame()
            if frame.opcode == Frame.Opcode.pong { return pings }
            guard frame.opcode == Frame.Opcode.ping else { continue }
            pings += 1
            try await send(Frame(opcode: Frame.Opcode.pong, payload: frame.payload))
        }
    }
}
