import ProviderKit
import Testing

extension StorageConformance {
    /// A room of revision 12, with a snapshot at 8.
    private static let aged = StoredRoom(
        record: .sample("a", language: "go", createdAt: 1_000), updatedAt: Timestamp(milliseconds: 7_000),
        snapshot: Snapshot(revision: Revision(8), text: "text at 8"), changes: RoomAppend.sample("a", 9...12).payloads)

    private static func openWithAgedRoom(_ place: StoragePlace) async throws -> any RoomStore {
        let store = try await place.open()
        try await store.create(aged)
        return store
    }

    @Sendable static func createsAgedRooms(_ place: StoragePlace) async throws {
        let store = try await openWithAgedRoom(place)
        let settled = StoredRoom(
            record: .sample("b"), updatedAt: Timestamp(milliseconds: 9_000),
            snapshot: Snapshot(revision: Revision(100), text: "text at 100"))
        try await store.create(settled)
        #expect(try await store.loadExisting("a") == aged)
        #expect(try await store.loadExisting("b") == settled)
        #expect(try await store.allEntries(of: "a") == aged.entries)
        let listed = try await store.rooms(after: nil, limit: 10)
        #expect(listed.map(\.revision) == [Revision(12), Revision(100)])
        #expect(listed.map(\.updatedAt) == [aged.updatedAt, settled.updatedAt])
        await expect(.alreadyExists) { try await store.create(aged) }
        await expect(.conflict, about: ["a", "b"]) {
            try await store.append([.sample("a", 12...12), .sample("b", 1...1)])
        }
        try await store.append([.sample("a", 13...13), .sample("b", 101...102)])
        #expect(try await store.loadExisting("a").revision == Revision(13))
        #expect(try await store.loadExisting("b").revision == Revision(102))
    }

    /// A room two changes before the last revision that there is; its first entry leads to the one but last.
    private static let oldest = StoredRoom(
        record: .sample("a"), updatedAt: Timestamp(milliseconds: 5),
        snapshot: Snapshot(revision: .largest.advanced(by: -2), text: "text"),
        changes: RoomAppend.sample("a", lastRevisions.lowerBound...lastRevisions.lowerBound).payloads)

    private static let lastRevisions = (Revision.largest.rawValue - 1)...Revision.largest.rawValue

    @Sendable static func reachesTheLargestRevision(_ place: StoragePlace) async throws {
        let store = try await place.open()
        try await store.create(oldest)
        #expect(try await store.loadExisting("a") == oldest)
        try await store.append([.sample("a", lastRevisions.upperBound...lastRevisions.upperBound)])
        let room = try await store.loadExisting("a")
        #expect(room.revision == .largest)
        #expect(room.entries == RoomAppend.sample("a", lastRevisions).entries)
        #expect(try await store.rooms(after: nil, limit: 2).map(\.revision) == [.largest])
        try await store.saveSnapshot(Snapshot(revision: .largest, text: "last"), for: RoomID("a"))
        #expect(try await store.loadExisting("a").snapshot == Snapshot(revision: .largest, text: "last"))
        #expect(try await store.allEntries(of: "a") == RoomAppend.sample("a", lastRevisions).entries)
        try await store.prune(RoomID("a"), through: .largest)
        #expect(try await store.allEntries(of: "a").isEmpty)
    }

    @Sendable static func takesAnyNumber(_ place: StoragePlace) async throws {
        let store = try await openWithAgedRoom(place)
        let id = RoomID("a")
        for range in [Revision(.min)..<Revision(.max), Revision(-1)..<Revision.largest.next] {
            #expect(try await store.entries(of: id, in: range, limit: .max) == aged.entries)
        }
        for range in [Revision(.min)..<Revision(-1), .largest..<Revision(.max), Revision(.max)..<Revision(.max)] {
            #expect(try await store.entries(of: id, in: range, limit: .max).isEmpty)
        }
        for first in [Revision(.min), Revision(-1), .zero, .largest, .largest.next, Revision(.max)] {
            let append = RoomAppend(room: id, first: first, payloads: [[1], [2]], at: Timestamp(milliseconds: 8_000))
            await expect(.conflict, about: ["a"]) { try await store.append([append]) }
            await expect(.conflict, about: ["a"]) { try await store.prepend(append.payloads, to: id, from: first) }
        }
        for revision in [Revision.largest, .largest.next, Revision(.max)] {
            await expect(.conflict, about: ["a"]) {
                try await store.saveSnapshot(Snapshot(revision: revision, text: "no"), for: id)
            }
        }
        for revision in [Revision(.min), Revision(-1)] {
            try await store.saveSnapshot(Snapshot(revision: revision, text: "no"), for: id)
            try await store.prune(id, through: revision)
        }
        #expect(try await store.loadExisting("a") == aged)
        try await store.prune(id, through: Revision(.max))
        #expect(try await store.loadExisting("a") == aged)
    }

    @Sendable static func prepends(_ place: StoragePlace) async throws {
        let store = try await openWithAgedRoom(place)
        for revisions in [6...8, 5...5, 2...4, 1...1] {
            let run = RoomAppend.sample("a", revisions)
            try await store.prepend(run.payloads, to: run.room, from: run.first)
            #expect(try await store.allEntries(of: "a") == RoomAppend.sample("a", revisions.lowerBound...12).entries)
            #expect(try await store.loadExisting("a") == aged)
        }
        let range = Revision(4)..<Revision(7)
        #expect(try await store.entries(of: RoomID("a"), in: range, limit: 9) == RoomAppend.sample("a", 4...6).entries)
        try await store.append([.sample("a", 13...13)])
        #expect(try await store.allEntries(of: "a").count == 13)
    }

    @Sendable static func prependsToTheSnapshot(_ place: StoragePlace) async throws {
        let store = try await place.open()
        let snapshot = Snapshot(revision: Revision(3), text: "text at 3")
        try await store.create(
            StoredRoom(record: .sample("a"), updatedAt: Timestamp(milliseconds: 5), snapshot: snapshot))
        let run = RoomAppend.sample("a", 2...3)
        try await store.prepend(run.payloads, to: run.room, from: run.first)
        #expect(try await store.allEntries(of: "a") == run.entries)
        #expect(try await store.loadExisting("a").changes.isEmpty)
    }

    @Sendable static func prependsNothingElsewhere(_ place: StoragePlace) async throws {
        let store = try await openWithAgedRoom(place)
        for revisions in [1...7, 7...9, 8...12, 9...9, 13...13, 1...12] {
            let run = RoomAppend.sample("a", revisions)
            await expect(.conflict, about: ["a"]) {
                try await store.prepend(run.payloads, to: run.room, from: run.first)
            }
        }
        await expect(.conflict, about: ["a"]) {
            try await store.prepend(PayloadRun(), to: RoomID("a"), from: Revision(9))
        }
        #expect(try await store.allEntries(of: "a") == aged.entries)
    }

    @Sendable static func prependsToNoUnknownRoom(_ place: StoragePlace) async throws {
        let store = try await openWithAgedRoom(place)
        let run = RoomAppend.sample("unknown", 1...1)
        await expect(.notFound) { try await store.prepend(run.payloads, to: run.room, from: run.first) }
        #expect(try await store.allEntries(of: "unknown").isEmpty)
    }
}
