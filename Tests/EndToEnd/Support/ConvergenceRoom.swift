import CollabText
import PairloomClient
import TestSupport

/// A room in which several people type at random, each in a client of its own.
struct ConvergenceRoom {
    let server: ServerProcess
    let id: String
    let seed: UInt64
    /// Whether in a text field nothing is ever deleted.
    var textsOnlyGrow = false
    /// Clients of the change dialect.
    private(set) var clients: [PairloomClient] = []
    /// Clients of the seed dialect.
    private(set) var textareas: [ConvergenceTextarea] = []
    /// How often everyone has typed.
    private var round = 0

    /// Opens a room and lets everyone in, for as long as `body` runs.
    static func withRoom(
        on server: ServerProcess, clients: Int, textareas: Int = 0,
        _ body: (inout ConvergenceRoom) async throws -> Void
    ) async throws {
        var room = try await ConvergenceRoom(on: server, clients: clients, textareas: textareas)
        do {
            try await body(&room)
        } catch {
            try? await room.close()
            throw error
        }
        try await room.close()
    }

    private init(on server: ServerProcess, clients: Int, textareas: Int) async throws {
        self.server = server
        seed = .random(in: .min ... .max)
        print("convergence of \(clients) clients and \(textareas) text fields: seed \(seed)")
        id = try await server.createRoom(code: "fn main() {}\n😀\n")
        for _ in 0..<clients {
            self.clients.append(try await .connect(to: address, room: id, options: Self.options))
        }
        for _ in 0..<textareas {
            self.textareas.append(try await .join(id, of: server))
        }
    }

    private var address: ServerAddress { ServerAddress(host: "127.0.0.1", port: server.port) }

    private static let options: ClientOptions = {
        var options = ClientOptions()
        options.reconnectPauses = Pauses(shortest: .milliseconds(1), longest: .milliseconds(50))
        return options
    }()

    /// The markers of all edits of the change dialect.
    var markers: [UInt16] {
        (0..<round).flatMap { round in clients.indices.map { marker(of: $0, in: round) } }
    }

    // MARK: Typing

    /// Lets everyone type so many times, all at once.
    mutating func type(rounds count: Int) async throws {
        let rounds = round..<(round + count)
        round += count
        try await withThrowingTaskGroup(of: Void.self) { [self] readers in
            for textarea in textareas { readers.addTask { try await textarea.read() } }
            try await withThrowingTaskGroup(of: Void.self) { typists in
                for number in clients.indices { typists.addTask { try await typeChanges(number, in: rounds) } }
                for number in textareas.indices { typists.addTask { try await typeTexts(number, in: rounds) } }
                try await typists.waitForAll()
            }
            for textarea in textareas { try await textarea.stopReading() }
            try await readers.waitForAll()
        }
    }

    /// Types without waiting for anyone, but now and then for the server, and sometimes without a connection.
    private func typeChanges(_ number: Int, in rounds: Range<Int>) async throws {
        var random = random(of: number, in: rounds)
        for round in rounds {
            let edit = ConvergenceEdit(marker: marker(of: number, in: round), seed: random.next())
            try await clients[number].edit(edit.change)
            switch Int.random(in: 0..<40, using: &random) {
            case 0: await clients[number].dropConnection()
            case 1..<20: try await clients[number].waitUntilIdle()
            default: await Self.pause(using: &random)
            }
        }
        try await clients[number].waitUntilIdle()
    }

    private func typeTexts(_ number: Int, in rounds: Range<Int>) async throws {
        let place = clients.count + number
        var random = random(of: place, in: rounds)
        for round in rounds {
            let marker = marker(of: place, in: round)
            try await textareas[number].type(
                ConvergenceEdit(marker: marker, seed: random.next(), isAddition: textsOnlyGrow))
            await Self.pause(using: &random)
        }
    }

    /// Lets some of the others have their turns.
    private static func pause(using random: inout SeededGenerator) async {
        for _ in 0..<Int.random(in: 0...20, using: &random) { await Task.yield() }
    }

    private func random(of place: Int, in rounds: Range<Int>) -> SeededGenerator {
        SeededGenerator(seed: seed &+ UInt64(marker(of: place, in: rounds.lowerBound)))
    }

    /// What the one at a place, clients first, marks its edit with.
    private func marker(of place: Int, in round: Int) -> UInt16 {
        ConvergenceEdit.markers.lowerBound + UInt16(round * (clients.count + textareas.count) + place)
    }

    // MARK: Afterwards

    /// The room's text, once everyone has had the time to see it.
    func settledText() async throws -> String {
        var (text, revision) = try await stand()
        // A text field is told what became of its text when it has answered, and may have been asked once before.
        for _ in 0..<10 {
            for textarea in textareas { try await textarea.catchUp() }
            let earlier = revision
            (text, revision) = try await stand()
            if try await screens().allSatisfy({ $0 == text }), revision == earlier { break }
        }
        for client in clients { try await client.waitUntil(revision: revision) }
        return text
    }

    /// What everyone sees.
    func screens() async throws -> [String] {
        var screens: [String] = []
        for client in clients { screens.append(await client.text.description) }
        for textarea in textareas { screens.append(await textarea.screen) }
        return screens
    }

    private func stand() async throws -> (text: String, revision: Int) {
        let room = try await server.room(id)
        guard let text = room["code"]?.string, let revision = room["revision"]?.integer else {
            throw Failure("no room: \(room)")
        }
        return (text, revision)
    }

    /// Lets everyone out.
    private func close() async throws {
        for client in clients { await client.close() }
        for textarea in textareas { try await textarea.close() }
    }
}
