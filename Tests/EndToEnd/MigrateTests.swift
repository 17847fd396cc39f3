import Foundation
import TestSupport
import Testing

@Suite("Migration: rooms that move from one store to another")
struct MigrateTests {
    @Test("Rooms arrive with text, language, revision and times, and go on from there")
    func movesRooms() async throws {
        let (source, target) = try (TemporaryFolder(), TemporaryFolder())
        let (id, before) = try await fill(source)
        try target.write(Settings.persistent.yaml, to: "config.yaml")
        let result = try await migrate(source, target, "--verify")
        #expect(result.exit == .status(0))
        #expect(result.output.hasPrefix("1 room copied, 0 continued, 0 there already: 3 changes, "))
        #expect(result.output.contains("\n1 room compared: no difference.\n"))
        try await withServer(.persistent, in: target) { server in
            let after = try await server.room(id)
            #expect(after == before)
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await alice.type("four")
            _ = try await alice.messagesUntilNow()
            let edited = try await server.room(id)
            #expect(edited["revision"] == 4)
            try await server.stop()
        }
        let again = try await migrate(source, target)
        #expect(again.exit == .status(1))
        #expect(again.output.contains("  room \(id): the target has changed it: it is at revision 4 there"))
        #expect(again.errors.hasSuffix("pairloom: not all rooms could be copied\n"))
    }

    @Test("What the source has got since comes over with another run")
    func bringsTheRest() async throws {
        let (source, target) = try (TemporaryFolder(), TemporaryFolder())
        try await fill(source)
        try target.write(Settings.persistent.yaml, to: "config.yaml")
        try await migrate(source, target)
        try await fill(source)
        let result = try await migrate(source, target, "--verify")
        #expect(result.exit == .status(0))
        #expect(result.output.hasPrefix("1 room copied, 0 continued, 1 there already: "))
    }

    @Test("A target that holds other rooms is refused, and can be accepted")
    func refusesOtherRooms() async throws {
        let (source, target) = try (TemporaryFolder(), TemporaryFolder())
        try await fill(source)
        let (id, _) = try await fill(target)
        let refused = try await migrate(source, target)
        #expect(refused.exit == .status(1))
        #expect(refused.output == "")
        #expect(refused.errors.split(separator: "\n").count == 1)
        #expect(refused.errors.contains("the target holds a room that is not the source's: \(id); "))
        let accepted = try await migrate(source, target, "--into-existing", "--verify")
        #expect(accepted.exit == .status(0))
        #expect(accepted.output.hasPrefix("1 room copied, "))
    }

    @Test("One store on both sides, and a configuration that is wrong, are refused with status 78 and one line")
    func refusesBadConfigurations() async throws {
        let (source, target) = try (TemporaryFolder(), TemporaryFolder())
        try source.write(Settings.sqlite.yaml, to: "config.yaml")
        let same = try await migrate(source, source)
        #expect(same.exit == .status(78))
        #expect(same.errors.hasSuffix(" name the same store\n"))
        try target.write("storge:\n", to: "config.yaml")
        let wrong = try await migrate(source, target)
        #expect(wrong.exit == .status(78))
        #expect(wrong.errors.contains("config.yaml:1:1: "))
        for result in [same, wrong] {
            #expect(result.output == "")
            #expect(result.errors.split(separator: "\n").count == 1)
        }
    }

    @Test("A store that keeps nothing is refused on either side", arguments: [true, false])
    func refusesMemory(isTarget: Bool) async throws {
        let (kept, lost) = try (TemporaryFolder(), TemporaryFolder())
        try await fill(kept)
        try lost.write(Settings.memory.yaml, to: "config.yaml")
        let result = try await migrate(isTarget ? kept : lost, isTarget ? lost : kept)
        #expect(result.exit == .status(78))
        #expect(result.output == "")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("storage (memory) keeps no rooms when a program ends"))
    }

    @Test("A source without a room, as one whose path has a typo, is no success")
    func refusesEmptySources() async throws {
        let (source, target) = try (TemporaryFolder(), TemporaryFolder())
        for folder in [source, target] { try folder.write(Settings.sqlite.yaml, to: "config.yaml") }
        let result = try await migrate(source, target)
        #expect(result.exit == .status(1))
        #expect(result.errors.hasSuffix("config.yaml: there is nothing to copy; is this the right store?\n"))
    }

    @Test("A store that cannot be opened is told with its configuration")
    func namesTheConfiguration() async throws {
        let (source, target) = try (TemporaryFolder(), TemporaryFolder())
        try source.write(Settings.sqlite.yaml, to: "config.yaml")
        try target.write("storage: { provider: sqlite, sqlite: { path: /dev/null } }\n", to: "config.yaml")
        let result = try await migrate(source, target)
        #expect(result.exit == .status(1))
        #expect(result.errors.hasPrefix("pairloom: \(target.path("config.yaml")): storage (sqlite): /dev/null "))
    }

    /// Makes a room with three changes in the SQLite file of a folder; what comes back is its id and how it looks.
    @discardableResult
    private func fill(_ folder: TemporaryFolder) async throws -> (id: String, room: JSON) {
        try await withServer(.sqlite, in: folder) { server in
            let id = try await server.createRoom(code: "zero")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            for text in ["one", "two", "three 🧵"] { try await alice.type(text) }
            _ = try await alice.messagesUntilNow()
            let room = try await server.room(id)
            try await server.stop()
            return (id, room)
        }
    }

    @discardableResult
    private func migrate(
        _ source: TemporaryFolder, _ target: TemporaryFolder, _ options: String...
    ) async throws -> Command {
        let files = ["--from", source.path("config.yaml"), "--to", target.path("config.yaml")]
        return try await Command.run(
            Products.pairloom(), ["migrate"] + files + options,
            environment: try await Settings.persistent.environment(in: target))
    }
}
