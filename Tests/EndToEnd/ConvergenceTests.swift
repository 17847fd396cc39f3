import Testing

@Suite("Convergence: however many type at once, all end with one text")
struct ConvergenceTests {
    @Test("Under merge, all clients end with the room's text, and each edit is in it once", arguments: [2, 3, 8])
    func mergesChanges(clients: Int) async throws {
        try await withServer(["conflict.policy": "merge"]) { server in
            try await ConvergenceRoom.withRoom(on: server, clients: clients) { room in
                try await room.type(rounds: 1_800 / clients)
                try await mustHoldEachEditOnce(room)
            }
        }
    }

    @Test("Under version-checked, clients try again until each edit is in, and none is in twice", arguments: [2, 5])
    func retriesChanges(clients: Int) async throws {
        try await withServer(["conflict.policy": "version-checked"]) { server in
            try await ConvergenceRoom.withRoom(on: server, clients: clients) { room in
                try await room.type(rounds: 800 / clients)
                try await mustHoldEachEditOnce(room)
            }
        }
    }

    @Test("Under merge, text fields end with the same text, and take no edit of a client away", arguments: [1, 2, 4])
    func mergesTexts(half: Int) async throws {
        try await withServer(["conflict.policy": "merge"]) { server in
            try await ConvergenceRoom.withRoom(on: server, clients: half, textareas: half) { room in
                // The change from the text that was seen is then smaller than that from any other.
                room.textsOnlyGrow = true
                // Few at a time: that text is looked for among the newest ones.
                for _ in 0..<(90 / half) {
                    try await room.type(rounds: 3)
                    try await mustHoldEachEditOnce(room)
                }
            }
        }
    }

    @Test("Whatever is typed in text fields, all end with the same text", arguments: ["merge", "last-write-wins"])
    func agreesOnTexts(policy: String) async throws {
        try await withServer(["conflict.policy": policy]) { server in
            try await ConvergenceRoom.withRoom(on: server, clients: 2, textareas: 3) { room in
                for _ in 0..<6 {
                    try await room.type(rounds: 15)
                    try await mustAgree(room)
                }
            }
        }
    }

    /// Expects that everyone sees the room's text, which comes back.
    @discardableResult
    private func mustAgree(_ room: ConvergenceRoom) async throws -> String {
        let text = try await room.settledText()
        for screen in try await room.screens() { #expect(screen == text) }
        return text
    }

    /// Expects that everyone sees the room's text, and that each edit of a client is in it once.
    private func mustHoldEachEditOnce(_ room: ConvergenceRoom) async throws {
        let text = try await mustAgree(room)
        let markers = Set(room.markers)
        #expect(text.utf16.filter(markers.contains).sorted() == room.markers)
    }
}
