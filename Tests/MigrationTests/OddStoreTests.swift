import Migration
import ProviderKit
import StorageMemory
import Testing

/// Stores may come from anybody, and what they answer need not be what they were asked for.
@Suite struct OddStoreTests {
    private let source = MemoryRoomStore()
    private let target = MemoryRoomStore()

    init() async throws {
        let room = StoredRoom(
            record: RoomRecord(id: RoomID("a"), language: "swift", createdAt: Timestamp(milliseconds: 1)),
            updatedAt: Timestamp(milliseconds: 2), snapshot: Snapshot(revision: Revision(40), text: "text"))
        let run = PayloadRun((1...40).map { Array("change \($0)".utf8) })
        for store in [source, target] {
            try await store.create(room)
            try await store.prepend(run, to: room.record.id, from: Revision(1))
        }
    }

    @Test(arguments: [Int.min, -1, 0, 1, 41, Revision.largest.rawValue, .max - 3, .max])
    func changesThatNobodyAskedForAreTold(first: Int) async throws {
        for step in [-1, 0, 1, Int.max / 4] {
            let entries = (0..<3).map { LogEntry(revision: Revision(first).advanced(by: $0 * step), payload: [1]) }
            let odd = OddStore(store: source, entries: entries)
            let verified = try await migrate(odd, target, verifies: true)
            #expect(verified.differences.count == 1, "\(first), \(step)")
            let copied = try await migrate(odd, MemoryRoomStore())
            #expect(copied.failures.count == 1, "\(first), \(step)")
        }
    }
}

/// A store that answers with other entries than those that it has.
private struct OddStore: RoomStore {
    let store: MemoryRoomStore
    let entries: [LogEntry]

    func create(_ room: StoredRoom) async throws(StorageError) { try await store.create(room) }
    func load(_ id: RoomID) async throws(StorageError) -> StoredRoom? { try await store.load(id) }
    func append(_ batch: [RoomAppend]) async throws(StorageError) { try await store.append(batch) }
    func prepend(_ payloads: PayloadRun, to id: RoomID, from first: Revision) async throws(StorageError) {
        try await store.prepend(payloads, to: id, from: first)
    }
    func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) async throws(StorageError) {
        try await store.saveSnapshot(snapshot, for: id)
    }
    func prune(_ id: RoomID, through revision: Revision) async throws(StorageError) {
        try await store.prune(id, through: revision)
    }
    func entries(of id: RoomID, in range: Range<Revision>, limit: Int) async throws(StorageError) -> [LogEntry] {
        entries
    }
    func rooms(after id: RoomID?, limit: Int) async throws(StorageError) -> [RoomSummary] {
        try await store.rooms(after: id, limit: limit)
    }
    func delete(_ id: RoomID) async throws(StorageError) { try await store.delete(id) }
    func checkHealth() async throws(StorageError) { try await store.checkHealth() }
    func close() async { await store.close() }
}
