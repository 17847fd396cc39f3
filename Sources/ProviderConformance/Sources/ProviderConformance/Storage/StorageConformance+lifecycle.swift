import ProviderKit
import Testing

extension StorageConformance {
    @Sendable static func isHealthy(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        try await store.checkHealth()
        let before = try await store.loadExisting("a")
        try await store.checkHealth()
        #expect(try await store.loadExisting("a") == before)
    }

    @Sendable static func refusesAfterClose(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        await store.close()
        await store.close()
        let id = RoomID("a")
        await expect(.closed) { try await store.create(.sample("b"), text: "") }
        await expect(.closed) { _ = try await store.load(id) }
        await expect(.closed) { try await store.append([.sample("a", 1...1)]) }
        await expect(.closed) { try await store.prepend(PayloadRun([[1]]), to: id, from: .zero) }
        await expect(.closed) { try await store.saveSnapshot(Snapshot(revision: .zero, text: ""), for: id) }
        await expect(.closed) { try await store.prune(id, through: .zero) }
        await expect(.closed) { _ = try await store.entries(of: id, in: .zero..<Revision(9), limit: 9) }
        await expect(.closed) { _ = try await store.rooms(after: nil, limit: 9) }
        await expect(.closed) { try await store.delete(id) }
        await expect(.closed) { try await store.checkHealth() }
        await store.close()
    }

    @Sendable static func endsWorkAtClose(_ place: StoragePlace) async throws {
        let witness = try await place.open()
        for round in 0..<10 {
            let store = try await place.open()
            let ids = (0..<10).map { "round \(round) room \($0)" }
            let created = try await withThrowingTaskGroup(of: String?.self) { group in
                for id in ids {
                    group.addTask { try await createsBeforeClose(id, in: store) }
                }
                group.addTask {
                    await store.close()
                    return nil
                }
                return try await group.compactMap { $0 }.reduce(into: Set()) { $0.insert($1) }
            }
            for id in ids {
                #expect(try await (witness.load(RoomID(id)) != nil) == created.contains(id), "\(id)")
            }
        }
    }

    /// The id, when the room was created before the store was closed.
    private static func createsBeforeClose(_ id: String, in store: any RoomStore) async throws -> String? {
        do {
            try await store.create(.sample(id), text: id)
            return id
        } catch let error where error.code == .closed {
            return nil
        }
    }

    @Sendable static func survivesCancellation(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        var newest = 0
        for round in 0..<100 {
            let next = newest + 1
            let append = Task { try await store.append([.sample("a", next...next)]) }
            let load = Task { _ = try await store.load(RoomID("a")) }
            for _ in 0..<round {
                await Task.yield()
            }
            append.cancel()
            load.cancel()
            if try await finished(append) { newest = next }
            _ = try await finished(load)
            #expect(try await store.allEntries(of: "a").count == newest, "round \(round)")
        }
        try await store.append([.sample("a", (newest + 1)...(newest + 1))])
    }

    /// Whether a call finished, rather than throwing `.cancelled`.
    private static func finished(_ call: Task<Void, any Error>) async throws -> Bool {
        do {
            try await call.value
            return true
        } catch let error as StorageError where error.code == .cancelled {
            return false
        }
    }

    @Sendable static func findsEverythingAgain(_ place: StoragePlace) async throws {
        let ids = (0..<20).map { "room \($0)" }
        let first = try await place.open()
        for id in ids {
            try await first.create(.sample(id), text: id)
        }
        try await first.append(ids.map { .sample($0, 1...9) })
        try await first.saveSnapshot(Snapshot(revision: Revision(5), text: "five"), for: RoomID("room 3"))
        try await first.prune(RoomID("room 3"), through: Revision(2))
        try await first.delete(RoomID("room 4"))
        let before = try await contents(of: first, ids: ids)
        await first.close()

        let second = try await place.open()
        #expect(try await contents(of: second, ids: ids) == before)
        try await second.append([.sample("room 3", 10...10)])
    }

    private static func contents(of store: any RoomStore, ids: [String]) async throws -> [StoredContent] {
        var contents: [StoredContent] = []
        for id in ids {
            let room = try await store.load(RoomID(id))
            contents.append(StoredContent(room: room, entries: try await store.allEntries(of: id)))
        }
        return contents
    }

    /// All that a store has of one room.
    private struct StoredContent: Equatable {
        let room: StoredRoom?
        let entries: [LogEntry]
    }
}
