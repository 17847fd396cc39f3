import ProviderKit
import Testing

extension StorageConformance {
    /// A handle on a place with a room `a` of ten entries, in runs of three, six and one.
    private static func openWithEntries(_ place: StoragePlace) async throws -> any RoomStore {
        let store = try await place.openWithRoom()
        for run in [RoomAppend.sample("a", 1...3), .sample("a", 4...9), .sample("a", 10...10)] {
            try await store.append([run])
        }
        return store
    }

    private static func snapshot(_ revision: Int) -> Snapshot {
        Snapshot(revision: Revision(revision), text: "text at \(revision)")
    }

    @Sendable static func loadsFromSnapshot(_ place: StoragePlace) async throws {
        let store = try await openWithEntries(place)
        for revision in [1, 3, 5, 9, 10] {
            try await store.saveSnapshot(snapshot(revision), for: RoomID("a"))
            let room = try await store.loadExisting("a")
            #expect(room.snapshot == snapshot(revision))
            #expect(room.entries.map(\.revision.rawValue) == Array((revision + 1)..<11))
        }
        #expect(try await store.allEntries(of: "a").count == 10)
    }

    @Sendable static func ignoresOlderSnapshots(_ place: StoragePlace) async throws {
        let store = try await openWithEntries(place)
        try await store.saveSnapshot(snapshot(7), for: RoomID("a"))
        for revision in [0, 1, 6] {
            try await store.saveSnapshot(snapshot(revision), for: RoomID("a"))
        }
        #expect(try await store.loadExisting("a").snapshot == snapshot(7))
    }

    @Sendable static func refusesUnknownSnapshots(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        await expect(.notFound) { try await store.saveSnapshot(snapshot(0), for: RoomID("unknown")) }
        await expect(.notFound) { try await store.saveSnapshot(snapshot(3), for: RoomID("unknown")) }
        #expect(try await store.load(RoomID("unknown")) == nil)
    }

    @Sendable static func refusesFutureSnapshots(_ place: StoragePlace) async throws {
        let store = try await openWithEntries(place)
        await expect(.conflict, about: ["a"]) { try await store.saveSnapshot(snapshot(11), for: RoomID("a")) }
        #expect(try await store.loadExisting("a").snapshot == Snapshot(revision: .zero, text: ""))
    }

    @Sendable static func prunes(_ place: StoragePlace) async throws {
        let store = try await openWithEntries(place)
        try await store.saveSnapshot(snapshot(10), for: RoomID("a"))
        let before = try await store.loadExisting("a")
        for revision in [0, 2, 3, 5, 9, 8, 10] {
            let held = try await store.allEntries(of: "a")
            try await store.prune(RoomID("a"), through: Revision(revision))
            #expect(try await store.allEntries(of: "a") == held.filter { $0.revision > Revision(revision) })
        }
        #expect(try await store.loadExisting("a") == before)
        try await store.prune(RoomID("unknown"), through: Revision(5))
    }

    @Sendable static func prunesOnlyWhatIsCovered(_ place: StoragePlace) async throws {
        let store = try await openWithEntries(place)
        try await store.prune(RoomID("a"), through: Revision(10))
        #expect(try await store.allEntries(of: "a").count == 10)

        try await store.saveSnapshot(snapshot(6), for: RoomID("a"))
        try await store.prune(RoomID("a"), through: Revision(100))
        let room = try await store.loadExisting("a")
        #expect(room.snapshot == snapshot(6))
        #expect(room.entries == RoomAppend.sample("a", 1...10).entries.filter { $0.revision > Revision(6) })
        #expect(try await store.allEntries(of: "a") == room.entries)
    }

    @Sendable static func goesOnAfterPrune(_ place: StoragePlace) async throws {
        let store = try await openWithEntries(place)
        try await store.saveSnapshot(snapshot(10), for: RoomID("a"))
        try await store.prune(RoomID("a"), through: Revision(10))
        await expect(.conflict, about: ["a"]) { try await store.append([.sample("a", 1...1)]) }
        try await store.append([.sample("a", 11...13)])
        let room = try await store.loadExisting("a")
        #expect(room.snapshot == snapshot(10))
        #expect(room.entries == RoomAppend.sample("a", 11...13).entries)
        try await store.saveSnapshot(snapshot(12), for: RoomID("a"))
        #expect(try await store.loadExisting("a").entries.count == 1)
    }
}
