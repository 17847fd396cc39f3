import ProviderKit

/// The rooms of a store, as a value.
struct MemoryRooms {
    private var rooms: [RoomID: MemoryRoom] = [:]
    /// The ids of all rooms, in order.
    private var ids: [RoomID] = []

    /// A room of this store; setting it never adds or removes one.
    subscript(id: RoomID) -> MemoryRoom? {
        get { rooms[id] }
        _modify { yield &rooms[id] }
    }

    mutating func create(_ room: StoredRoom) throws(StorageError) {
        let id = room.record.id
        guard rooms[id] == nil else {
            throw StorageError(.alreadyExists, "There is a room \(id) already.")
        }
        rooms[id] = MemoryRoom(room)
        ids.insert(id, at: position(of: id))
    }

    mutating func append(_ batch: [RoomAppend]) throws(StorageError) {
        let conflicts = batch.filter { rooms[$0.room]?.revision.next != $0.first }.map(\.room)
        guard conflicts.isEmpty else {
            throw StorageError(.conflict, "The entries do not start at the next revision.", rooms: conflicts)
        }
        for append in batch {
            rooms[append.room]?.append(append)
        }
    }

    mutating func prepend(_ entries: [LogEntry], to id: RoomID) throws(StorageError) {
        guard rooms[id] != nil else {
            throw StorageError(.notFound, "There is no room \(id).")
        }
        guard rooms[id]?.prepend(entries) == true else {
            throw StorageError(.conflict, "The entries do not lead up to the oldest that is held.", rooms: [id])
        }
    }

    mutating func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) throws(StorageError) {
        guard let room = rooms[id] else {
            throw StorageError(.notFound, "There is no room \(id).")
        }
        guard snapshot.revision <= room.revision else {
            throw StorageError(.conflict, "The snapshot is newer than the newest entry.", rooms: [id])
        }
        rooms[id]?.saveSnapshot(snapshot)
    }

    mutating func delete(_ id: RoomID) {
        guard rooms.removeValue(forKey: id) != nil else { return }
        ids.remove(at: position(of: id))
    }

    func summaries(after id: RoomID?, limit: Int) -> [RoomSummary] {
        let following = id.map { id in ids[position(of: id)...].drop { $0 == id } } ?? ids[...]
        return following.prefix(limit).compactMap { rooms[$0]?.summary }
    }

    /// Where an id is or would be among all ids: the number of ids before it.
    private func position(of id: RoomID) -> Int {
        var range = ids.startIndex..<ids.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = ids[middle] < id ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
