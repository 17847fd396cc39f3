import ProviderKit
import Testing

extension StorageConformance {
    @Sendable static func appendsInOrder(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        let runs = [RoomAppend.sample("a", 1...1), .sample("a", 2...40), .sample("a", 41...41), .sample("a", 42...43)]
        for run in runs {
            try await store.append([run])
        }
        let room = try await store.loadExisting("a")
        #expect(room.entries == runs.flatMap(\.entries))
        #expect(room.snapshot.revision == .zero)
        #expect(try await store.rooms(after: nil, limit: 1).map(\.revision) == [Revision(43)])
    }

    @Sendable static func appendsToManyRooms(_ place: StoragePlace) async throws {
        let store = try await place.open()
        let ids = (0..<1_000).map { "room \($0)" }
        for id in ids {
            try await store.create(.sample(id), text: "")
        }
        let batch = ids.enumerated().map { RoomAppend.sample($1, 1...($0 % 3 + 1), by: $1) }
        try await store.append(batch)
        for append in batch {
            #expect(try await store.loadExisting(append.room.rawValue).entries == append.entries)
        }
    }

    @Sendable static func namesConflicts(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        try await store.append([.sample("a", 1...5)])
        let before = try await store.loadExisting("a")
        for revisions in [5...5, 5...6, 1...1, 4...9, 7...7, 0...0, 100...101] {
            await expect(.conflict, about: ["a"]) { try await store.append([.sample("a", revisions)]) }
        }
        await expect(.conflict, about: ["unknown"]) { try await store.append([.sample("unknown", 1...1)]) }
        #expect(try await store.loadExisting("a") == before)
        #expect(try await store.load(RoomID("unknown")) == nil)
        try await store.append([.sample("a", 6...6)])
    }

    @Sendable static func appendsAllOrNothing(_ place: StoragePlace) async throws {
        let store = try await place.open()
        let ids = ["a", "b", "c", "d"]
        for id in ids {
            try await store.create(.sample(id), text: id)
        }
        try await store.append(ids.map { .sample($0, 1...2) })
        let before = try await rooms(ids, in: store)
        await expect(.conflict, about: ["b", "unknown", "d"]) {
            try await store.append([
                .sample("a", 3...4), .sample("b", 4...4), .sample("unknown", 1...1), .sample("c", 3...3),
                .sample("d", 2...3),
            ])
        }
        #expect(try await rooms(ids, in: store) == before)
        #expect(try await store.rooms(after: nil, limit: 10).map(\.revision) == ids.map { _ in Revision(2) })
        try await store.append(ids.map { .sample($0, 3...3) })
    }

    private static func rooms(_ ids: [String], in store: any RoomStore) async throws -> [StoredRoom] {
        var rooms: [StoredRoom] = []
        for id in ids {
            rooms.append(try await store.loadExisting(id))
        }
        return rooms
    }

    @Sendable static func keepsTimeOfUpdate(_ place: StoragePlace) async throws {
        let store = try await place.open()
        try await store.create(.sample("a", createdAt: 500), text: "")
        for run in [RoomAppend.sample("a", 1...3), .sample("a", 4...4)] {
            try await store.append([run])
            #expect(try await store.loadExisting("a").updatedAt == run.at)
        }
        try await store.saveSnapshot(Snapshot(revision: Revision(4), text: "four"), for: RoomID("a"))
        try await store.prune(RoomID("a"), through: Revision(4))
        let room = try await store.loadExisting("a")
        #expect(room.updatedAt == RoomAppend.sample("a", 4...4).at)
        #expect(room.record.createdAt == Timestamp(milliseconds: 500))
    }

    @Sendable static func givesRanges(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        let runs = [RoomAppend.sample("a", 1...3), .sample("a", 4...4), .sample("a", 5...12), .sample("a", 13...20)]
        for run in runs {
            try await store.append([run])
        }
        let all = runs.flatMap(\.entries)
        for lower in 0...22 {
            for upper in lower...23 {
                for limit in [0, 1, 4, .max] {
                    let range = Revision(lower)..<Revision(upper)
                    let expected = Array(all.filter { range.contains($0.revision) }.prefix(limit))
                    let entries = try await store.entries(of: RoomID("a"), in: range, limit: limit)
                    #expect(entries == expected, "\(range), at most \(limit)")
                }
            }
        }
    }

    @Sendable static func sharesEntries(_ place: StoragePlace) async throws {
        let one = try await place.openWithRoom()
        let two = try await place.open()
        try await one.append([.sample("a", 1...2, by: "one")])
        await expect(.conflict, about: ["a"]) { try await two.append([.sample("a", 1...1, by: "two")]) }
        try await two.append([.sample("a", 3...3, by: "two")])
        await expect(.conflict, about: ["a"]) { try await one.append([.sample("a", 3...4, by: "one")]) }
        let runs = [RoomAppend.sample("a", 1...2, by: "one"), .sample("a", 3...3, by: "two")]
        let expected = runs.flatMap(\.entries)
        #expect(try await one.loadExisting("a").entries == expected)
        #expect(try await two.loadExisting("a").entries == expected)
    }

    @Sendable static func excludesOthers(_ place: StoragePlace) async throws {
        let handles = ["one": try await place.openWithRoom(), "two": try await place.open()]
        for revision in 1...100 {
            let winners = try await withThrowingTaskGroup(of: String?.self) { group in
                for (name, handle) in handles {
                    group.addTask { try await wins(revision, name: name, handle: handle) }
                }
                return try await group.compactMap { $0 }.reduce(into: []) { $0.append($1) }
            }
            try #require(winners.count == 1, "revision \(revision) was won by \(winners)")
            let expected = RoomAppend.sample("a", revision...revision, by: winners[0]).entries
            let range = Revision(revision)..<Revision(revision + 1)
            #expect(try await handles["one"]?.entries(of: RoomID("a"), in: range, limit: 2) == expected)
        }
    }

    /// The name, when its entry became the one of this revision.
    private static func wins(_ revision: Int, name: String, handle: any RoomStore) async throws -> String? {
        do {
            try await handle.append([.sample("a", revision...revision, by: name)])
            return name
        } catch let error where error.code == .conflict {
            return nil
        }
    }

    @Sendable static func servesManyCallers(_ place: StoragePlace) async throws {
        let store = try await place.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<64 {
                group.addTask { try await useRoom("room \(caller)", in: store) }
            }
            try await group.waitForAll()
        }
        #expect(try await store.rooms(after: nil, limit: 100).count == 64)
    }

    private static func useRoom(_ id: String, in store: any RoomStore) async throws {
        try await store.create(.sample(id), text: id)
        for revision in 1...5 {
            try await store.append([.sample(id, revision...revision)])
            #expect(try await store.loadExisting(id).entries == RoomAppend.sample(id, 1...revision).entries)
        }
    }
}
