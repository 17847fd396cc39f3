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

    mutating func create(_ record: RoomRecord, text: String) throws(StorageError) {
        guard rooms[record.id] == nil else {
            throw StorageError(.alreadyExists, "There is a room \(record.id) already.")
        }
        rooms[record.id] = MemoryRoom(record, text: text)
        ids.insert(record.id, at: position(of: record.id))
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
