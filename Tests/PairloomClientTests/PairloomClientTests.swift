import CollabText
import NIOWebSocket
import PairloomClient
import Testing
import Wire

@Suite("A client", .timeLimit(.minutes(5)))
struct PairloomClientTests {
    private static var options: ClientOptions {
        var options = ClientOptions()
        options.reconnectPauses = Pauses(shortest: .milliseconds(1), longest: .milliseconds(5))
        options.retryPauses = Pauses(shortest: .milliseconds(1), longest: .milliseconds(5))
        return options
    }

    private static func withClient(
        of address: ServerAddress, room: String = "room", _ body: @Sendable (PairloomClient) async throws -> Void
    ) async throws {
        try await PairloomClient.withClient(of: address, room: room, options: options, body)
    }

    private static func failure(of address: ServerAddress, room: String = "room") async -> Closure? {
        do {
            try await withClient(of: address, room: room) { _ in }
            return nil
        } catch {
            return error as? Closure
        }
    }

    @Test("sees the room's text, and its edits reach the server and the others")
    func edits() async throws {
        try await SocketServer.run { server, address in
            try await Self.withClient(of: address) { one in
                try await Self.withClient(of: address) { other in
                    #expect(await one.text == "fn main() {}\n")
                    try await one.edit { .insertion("😀", at: $0.count, length: $0.count) }
                    try await other.wait { $0.text == "fn main() {}\n😀" }
                    try await one.waitUntilIdle()
                    #expect(await one.revision == 1)
                    #expect(await server.text == "fn main() {}\n😀")
                }
            }
        }
    }

    @Test("loses nothing when connections are cut all the time")
    func survivesCuts() async throws {
        try await SocketServer.run { server, address in
            try await Self.withClient(of: address) { one in
                try await Self.withClient(of: address) { other in
                    for index in 0..<300 {
                        let unit = UInt16(0x4E00 + index)
                        let client = index.isMultiple(of: 2) ? one : other
                        try await client.edit { text in
                            try TextChange(
                                baseLength: text.count, replacements: [.init(3..<3, insert: [unit])])
                        }
                        if index % 7 == 0 { await one.dropConnection() }
                        if index % 31 == 0 { try await one.waitUntilIdle() }
                        if index % 11 == 0 { await other.dropConnection() }
                    }
                    try await one.waitUntilIdle()
                    try await other.waitUntilIdle()
                    let text = await server.text
                    try await one.wait { $0.text == text }
                    try await other.wait { $0.text == text }
                    #expect(Set((0..<text.count).map { text[$0] }.filter { $0 >= 0x4E00 }).count == 300)
                    #expect(text.count == 313)
                }
            }
            #expect(await server.joined > 2)
        }
    }

    @Test(
        "comes back when the server restarts or is overloaded",
        arguments: [
            WebSocketErrorCode.goingAway, .unknown(1012), .unknown(1013),
        ])
    func reconnects(code: WebSocketErrorCode) async throws {
        try await SocketServer.run { server, address in
            let (events, continuation) = AsyncStream.makeStream(of: ClientEvent.self)
            let client = try await PairloomClient.connect(to: address, room: "room", options: Self.options) {
                continuation.yield($0)
            }
            await server.closeNext([code, code])
            await server.closeAll(code)
            let told = await events.filter(\.isAboutConnection).prefix(5).reduce(into: []) { $0.append($1) }
            let disconnected = ClientEvent.disconnected(
                Closure(code: Int(UInt16(webSocketErrorCode: code)), reason: ""))
            #expect(
                told == [
                    .connected(resumed: false), disconnected, disconnected, disconnected, .connected(resumed: true),
                ])
            await client.close()
        }
    }

    @Test("comes back when the server has talked nonsense")
    func survivesNonsense() async throws {
        try await SocketServer.run { server, address in
            let (events, continuation) = AsyncStream.makeStream(of: ClientEvent.self)
            let client = try await PairloomClient.connect(to: address, room: "room", options: Self.options) {
                continuation.yield($0)
            }
            await server.sendNonsense()
            let told = await events.filter(\.isAboutConnection).prefix(3).reduce(into: []) { $0.append($1) }
            #expect(told.last == .connected(resumed: true))
            await client.close()
        }
    }

    @Test(
        "ends for good when the server says so",
        arguments: [
            WebSocketErrorCode.unknown(4409), .protocolError, .messageTooLarge,
        ])
    func ends(code: WebSocketErrorCode) async throws {
        try await SocketServer.run { server, address in
            try await Self.withClient(of: address) { client in
                await server.closeAll(code)
                let error = await #expect(throws: Closure.self) { try await client.wait { _ in false } }
                #expect(error?.isPermanent == true)
                #expect(await client.closure == error)
                await #expect(throws: Closure.self) { try await client.setText("") }
            }
            #expect(await server.joined == 1)
        }
    }

    @Test("says why it could not enter")
    func refused() async throws {
        try await SocketServer.run { server, address in
            #expect(await Self.failure(of: address, room: "refused")?.code == 403)
            await server.closeNext([.unknown(4404)])
            #expect(await Self.failure(of: address)?.code == 4404)
            let nobody = ServerAddress(host: "127.0.0.1", port: 1)
            #expect(await Self.failure(of: nobody)?.code == 1006)
        }
    }

    @Test("answers pings, also between the frames of one message")
    func readsFragments() async throws {
        try await SocketServer.run { server, address in
            try await Self.withClient(of: address) { client in
                await server.sendFragments(.resync(revision: 7, code: "漢字"))
                try await client.waitUntil(revision: 7)
                #expect(await client.text == "漢字")
                // The answer to this edit comes after the pong has arrived.
                try await client.setText("")
                try await client.waitUntilIdle()
                #expect(await server.receivedPongs == 1)
            }
        }
    }

    @Test("stops waiting when it is cancelled, or closed")
    func cancels() async throws {
        try await SocketServer.run { _, address in
            let client = try await PairloomClient.connect(to: address, room: "room")
            let waiting = Task { try await client.wait { _ in false } }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            let waitingToo = Task { try await client.wait { _ in false } }
            await client.close()
            await #expect(throws: Closure.self) { try await waitingToo.value }
        }
    }

    @Test("refuses a change of another text's length")
    func refusesStaleChange() async throws {
        try await SocketServer.run { _, address in
            try await Self.withClient(of: address) { client in
                await #expect(throws: StaleChange.self) { try await client.edit(.identity(length: 2)) }
            }
        }
    }
}

extension ClientEvent {
    fileprivate var isAboutConnection: Bool {
        switch self {
        case .connected, .disconnected, .closed: true
        default: false
        }
    }
}
