import Testing

@Suite("Edits that cross under last-write-wins: everyone ends with the room's text")
struct CrossingTests {
    private static let settings: Settings = ["conflict.policy": "last-write-wins"]

    @Test("Who writes before it has read another's change gets the text that stands")
    func putsRightWhoCrossed() async throws {
        try await withServer(Self.settings) { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type("alice was here")
            _ = try await bob.message()
            try await bob.type("bob was here")
            // She is asked whether she reads it, and has not when she writes: the update is on its way to her.
            let question = try await alice.frame()
            #expect(question.opcode == Frame.Opcode.ping)
            #expect(try await alice.frame().opcode == Frame.Opcode.text)
            try await alice.type("alice is back")
            #expect(try await bob.message()["code"] == "alice is back")
            try await alice.send(Frame(opcode: Frame.Opcode.pong, payload: question.payload))
            #expect(try await alice.message()["code"] == "alice is back")
        }
    }

    @Test("Who has read everything is not sent its own text, however fast the two take turns")
    func sendsNobodyItsOwnText() async throws {
        try await withServer(Self.settings) { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            for turn in 0..<100 {
                try await alice.type("alice \(turn)")
                #expect(try await bob.message()["code"] == .string("alice \(turn)"))
                try await bob.type("bob \(turn)")
                #expect(try await alice.message()["code"] == .string("bob \(turn)"))
            }
        }
    }
}
