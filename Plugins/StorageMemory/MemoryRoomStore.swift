package import ProviderKit
import Synchronization

/// A store that keeps its rooms in memory for as long as there is a handle on them.
package final class MemoryRoomStore: RoomStore {
    private let place: Place
    private let isClosed = Atomic(false)

    /// A store without a room.
    package init() {
        place = Place()
    }

    /// Another handle on the rooms of a store.
    package init(sharing other: MemoryRoomStore) {
        place = other.place
    }

    package func create(_ room: StoredRoom) async throws(StorageError) {
        try use { rooms throws(StorageError) in try rooms.create(room) }
    }

    package func load(_ id: RoomID) async throws(StorageError) -> StoredRoom? {
        try use { rooms in rooms[id]?.stored }
    }

    package func append(_ batch: [RoomAppend]) async throws(StorageError) {
        try use { rooms throws(StorageError) in try rooms.append(batch) }
    }

    package func prepend(_ payloads: PayloadRun, to id: RoomID, from first: Revision) async throws(StorageError) {
        try use { rooms throws(StorageError) in try rooms.prepend(payloads.entries(from: first), to: id) }
    }

    package func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) async throws(StorageError) {
        try use { rooms throws(StorageError) in try rooms.saveSnapshot(snapshot, for: id) }
    }

    package func prune(_ id: RoomID, through revision: Revision) async throws(StorageError) {
        try use { rooms in rooms[id]?.prune(through: revision) }
    }

    package func entries(
        of id: RoomID, in range: Range<Revision>, limit: Int
    ) async throws(StorageError) -> [LogEntry] {
        try use { rooms in Array(rooms[id]?.entries(in: range).prefix(limit) ?? []) }
    }

    package func rooms(after id: RoomID?, limit: Int) async throws(StorageError) -> [RoomSummary] {
        try use { rooms in rooms.summaries(after: id, limit: limit) }
    }

    package func delete(_ id: RoomID) async throws(StorageError) {
        try use { rooms in rooms.delete(id) }
    }

    package func checkHealth() async throws(StorageError) {
        try use { _ in }
    }

    package func close() async {
        isClosed.store(true, ordering: .sequentiallyConsistent)
    }

    private func use<Result: Sendable>(
        _ body: (inout MemoryRooms) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try place.rooms.withLock { rooms throws(StorageError) in
            guard !isClosed.load(ordering: .sequentiallyConsistent) else {
                throw StorageError(.closed, "The store was closed.")
            }
            return try body(&rooms)
        }
    }

    /// What the handles on one store share.
    private final class Place: Sendable {
        let rooms = Mutex(MemoryRooms())
    }
}
