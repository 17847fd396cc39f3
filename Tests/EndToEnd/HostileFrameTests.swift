import Testing

@Suite("Hostile frames: closed with the right code, and nobody else notices")
struct HostileFrameTests {
    @Test(
        "A connection that breaks the protocol is closed with the code for it",
        arguments: BadFrames.protocolErrors + BadFrames.closes + BadFrames.texts + BadFrames.lengths)
    func closes(_ bad: BadFrames) async throws {
        try await withServer(["limits.document": "16KiB", "limits.message": "64KiB"]) { server in
            let id = try await server.createRoom(code: "untouched")
            let (bob, _) = try await WebSocketClient.join(id, of: server)
            let (mallory, _) = try await WebSocketClient.join(id, of: server)
            try await mallory.connection.send(bad.frames.flatMap(\.bytes))
            let code = try await mallory.closeCode()
            #expect(code == bad.code)

            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type("fine")
            while try await bob.message()["code"] != "fine" {}
        }
    }
}
