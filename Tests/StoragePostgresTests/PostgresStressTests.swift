import ProviderKit
import Synchronization
import TestSupport
import Testing

@testable import StoragePostgres

@Suite(.serialized) struct PostgresStressTests {
    private static let rooms = (0..<12).map { "room \($0)" }

    @Test func batchesOfManyWritersAreInTheStoreWholeOrNotAtAll() async throws {
        let seed = UInt64.random(in: .min ... .max)
        let place = try await PostgresPlace()
        let handles = [try await place.open(), try await place.open(), try await place.open()]
        for room in Self.rooms { try await handles[0].create(.sample(room), text: "") }

        let saved = try await withThrowingTaskGroup(of: [Batch].self) { group in
            for (index, handle) in handles.enumerated() {
                for writer in 0..<3 {
                    let name = "\(index).\(writer)"
                    let generator = SeededGenerator(seed: seed &+ UInt64(index * 3 + writer))
                    group.addTask { try await Self.write(to: handle, as: name, generator) }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }

        #expect(saved.count > 9 * 20, "seed \(seed)")
        for room in Self.rooms {
            let entries = try await handles[0].allEntries(of: room)
            #expect(entries.map(\.revision.rawValue) == Array(1..<(entries.count + 1)), "seed \(seed)")
            let expected = saved.filter { $0.rooms.contains(room) }.map(\.name).sorted()
            #expect(entries.map { String(decoding: $0.payload, as: UTF8.self) }.sorted() == expected, "seed \(seed)")
            #expect(try await handles[1].load(RoomID(room))?.entries == entries, "seed \(seed)")
        }
        for handle in handles { await handle.close() }
        try await place.remove()
    }

    /// A batch that is in the store: one entry for each of its rooms, with its name for a payload.
    private struct Batch: Sendable {
        let name: String
        let rooms: [String]
    }

    /// Appends to rooms at random until 20 batches were saved, and counts on what it saw of the rooms last.
    private static func write(
        to store: any RoomStore, as writer: String, _ generator: SeededGenerator
    ) async throws -> [Batch] {
        var generator = generator
        var newest: [String: Revision] = [:]
        var saved: [Batch] = []
        while saved.count < 21 {
            let chosen = Array(rooms.shuffled(using: &generator).prefix(Int.random(in: 1...5, using: &generator)))
            let name = "\(writer) \(saved.count)"
            let batch = chosen.map { room in
                RoomAppend(
                    room: RoomID(room), first: (newest[room] ?? .zero).next, payloads: [Array(name.utf8)],
                    at: Timestamp(milliseconds: 1))
            }
            do throws(StorageError) {
                try await store.append(batch)
                for append in batch { newest[append.room.rawValue] = append.last }
                saved.append(Batch(name: name, rooms: chosen))
            } catch {
                try #require(error.code == .conflict, "\(error)")
                try #require(!error.rooms.isEmpty && Set(error.rooms).isSubset(of: batch.map(\.room)))
                for room in error.rooms { newest[room.rawValue] = try await store.load(room)?.revision }
            }
        }
        return saved
    }

    @Test func historyIsPrependedPrunedAndReadAtOnceWithoutAGap() async throws {
        let place = try await PostgresPlace()
        let handles = [try await place.open(), try await place.open()]
        for round in 0..<20 {
            let id = "room \(round)"
            let snapshot = Snapshot(revision: Revision(30), text: "")
            try await handles[0].create(
                StoredRoom(
                    record: .sample(id), updatedAt: Timestamp(milliseconds: 1), snapshot: snapshot,
                    changes: RoomAppend.sample(id, 31...40).payloads))
            let codes = try await withThrowingTaskGroup(of: StorageError.Code?.self) { group in
                for (index, handle) in handles.enumerated() {
                    // The second run of one overlaps with the first of the other.
                    for revisions in [21 + index * 4...30, 11...20 + index * 4] {
                        let run = RoomAppend.sample(id, revisions)
                        group.addTask {
                            await failure { try await handle.prepend(run.payloads, to: run.room, from: run.first) }?
                                .code
                        }
                    }
                    group.addTask { await failure { try await handle.prune(RoomID(id), through: Revision(27)) }?.code }
                    group.addTask { await failure { _ = try await handle.allEntries(of: id) }?.code }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.allSatisfy { $0 == nil || $0 == .conflict })
            try await handles[0].prune(RoomID(id), through: Revision(27))
            let entries = try await handles[1].allEntries(of: id)
            let first = try #require(entries.first?.revision.rawValue)
            #expect([28, 31].contains(first))
            #expect(entries == RoomAppend.sample(id, first...40).entries)
        }
        for handle in handles { await handle.close() }
        try await place.remove()
    }
}
