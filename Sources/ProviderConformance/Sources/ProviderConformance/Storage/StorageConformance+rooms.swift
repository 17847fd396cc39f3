import ProviderKit
import Testing

extension StorageConformance {
    @Sendable static func createsRooms(_ place: StoragePlace) async throws {
        let store = try await place.open()
        let record = RoomRecord.sample("a", language: "python", createdAt: 1_234)
        try await store.create(record, text: "print(1)\n")
        let room = try await store.loadExisting("a")
        #expect(room.record == record)
        #expect(room.updatedAt == record.createdAt)
        #expect(room.snapshot == Snapshot(revision: .zero, text: "print(1)\n"))
        #expect(room.entries.isEmpty)
    }

    @Sendable static func refusesToCreateTwice(_ place: StoragePlace) async throws {
        let store = try await place.open()
        try await store.create(.sample("a"), text: "first")
        try await store.append([.sample("a", 1...2)])
        let before = try await store.loadExisting("a")
        await expect(.alreadyExists) {
            try await store.create(.sample("a", language: "other", createdAt: 9_000), text: "second")
        }
        #expect(try await store.loadExisting("a") == before)
    }

    @Sendable static func createsOnce(_ place: StoragePlace) async throws {
        let handles = [try await place.open(), try await place.open()]
        for round in 0..<20 {
            let winners = try await withThrowingTaskGroup(of: String?.self) { group in
                for (index, handle) in handles.enumerated() {
                    group.addTask { try await creates("room \(round)", text: "handle \(index)", in: handle) }
                }
                return try await group.compactMap { $0 }.reduce(into: []) { $0.append($1) }
            }
            #expect(try await [handles[0].loadExisting("room \(round)").snapshot.text] == winners)
        }
    }

    /// The text, when it became a new room's.
    private static func creates(_ id: String, text: String, in store: any RoomStore) async throws -> String? {
        do {
            try await store.create(.sample(id), text: text)
            return text
        } catch let error where error.code == .alreadyExists {
            return nil
        }
    }

    @Sendable static func loadsNothing(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        for id in ["b", "", "A", "a ", "a%", "a'"] {
            #expect(try await store.load(RoomID(id)) == nil, "\(id)")
            #expect(try await store.allEntries(of: id).isEmpty, "\(id)")
        }
    }

    @Sendable static func listsInOrder(_ place: StoragePlace) async throws {
        let store = try await place.open()
        #expect(try await store.rooms(after: nil, limit: 10).isEmpty)
        // In UTF-16 the emoji would come before the ligature, and in most languages "B" after "a".
        let ids = ["10", "2", "B", "Z", "_", "a", "aa", "b", "z", "e\u{301}", "é", "日", "\u{FB00}", "😀"]
        for id in ids.reversed() {
            try await store.create(.sample(id, language: id, createdAt: 5), text: id)
        }
        try await store.append([.sample("b", 1...3)])
        let listed = try await store.rooms(after: nil, limit: 100)
        #expect(listed.map(\.record.id) == ids.map { RoomID($0) }.sorted())
        let summary = try #require(listed.first { $0.record.id == RoomID("b") })
        #expect(summary.record == .sample("b", language: "b", createdAt: 5))
        #expect(summary.revision == Revision(3))
        #expect(summary.updatedAt == RoomAppend.sample("b", 1...3).at)
    }

    @Sendable static func listsPages(_ place: StoragePlace) async throws {
        let store = try await place.open()
        let ids = (10..<35).map { RoomID("room \($0)") }
        for id in ids {
            try await store.create(.sample(id.rawValue), text: "")
        }
        var pages: [[RoomID]] = []
        for _ in 0..<4 {
            let start = pages.last?.last
            pages.append(try await store.rooms(after: start, limit: 10).map(\.record.id))
        }
        #expect(pages == [Array(ids[..<10]), Array(ids[10..<20]), Array(ids[20...]), []])
        let between = try await store.rooms(after: RoomID("room 12x"), limit: 1)
        #expect(between.map(\.record.id) == [RoomID("room 13")])
        #expect(try await store.rooms(after: nil, limit: 0).isEmpty)
    }

    @Sendable static func deletesRooms(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        try await store.create(.sample("b"), text: "stays")
        try await store.append([.sample("a", 1...3), .sample("b", 1...1)])
        try await store.saveSnapshot(Snapshot(revision: Revision(2), text: "two"), for: RoomID("a"))
        let other = try await store.loadExisting("b")
        try await store.delete(RoomID("a"))

        #expect(try await store.load(RoomID("a")) == nil)
        #expect(try await store.allEntries(of: "a").isEmpty)
        #expect(try await store.rooms(after: nil, limit: 10).map(\.record.id) == [RoomID("b")])
        #expect(try await store.loadExisting("b") == other)

        try await store.create(.sample("a"), text: "anew")
        let room = try await store.loadExisting("a")
        #expect(room.snapshot == Snapshot(revision: .zero, text: "anew"))
        #expect(room.entries.isEmpty)
        try await store.append([.sample("a", 1...1)])
        #expect(try await store.allEntries(of: "a") == RoomAppend.sample("a", 1...1).entries)
    }

    @Sendable static func deletesNothing(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        try await store.delete(RoomID("b"))
        try await store.delete(RoomID("b"))
        #expect(try await store.rooms(after: nil, limit: 10).count == 1)
    }
}
