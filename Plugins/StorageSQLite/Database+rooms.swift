import GRDB
import ProviderKit

extension Database {
    func insertRoom(_ room: StoredRoom) throws {
        let (record, id) = (room.record, room.record.id.rawValue)
        let insertRoom = try cachedStatement(
            sql: """
                INSERT INTO rooms (id, language, created_at, updated_at, revision) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """)
        try insertRoom.execute(arguments: [
            id, record.language, record.createdAt.milliseconds, room.updatedAt.milliseconds, room.revision.rawValue,
        ])
        guard changesCount == 1 else {
            throw StorageError(.alreadyExists, "There is a room \(id) already.")
        }
        let insertSnapshot = try cachedStatement(
            sql: "INSERT INTO snapshots (room, revision, text) VALUES (?, ?, ?)")
        try insertSnapshot.execute(arguments: [id, room.snapshot.revision.rawValue, room.snapshot.text])
        try insertRun(room.changes, of: record.id, from: room.snapshot.revision.next)
    }

    func fetchRoom(_ id: RoomID) throws -> StoredRoom? {
        let select = try cachedStatement(
            sql: """
                SELECT id, language, created_at, updated_at, snapshots.revision, text, rooms.revision
                FROM rooms JOIN snapshots ON room = id WHERE id = ?
                """)
        guard let row = try Row.fetchOne(select, arguments: [id.rawValue]) else { return nil }
        let snapshot = Snapshot(revision: try row.revision(at: 4), text: try row.decode(atIndex: 5))
        let room = StoredRoom(
            record: try RoomRecord(row), updatedAt: try row.time(at: 3), snapshot: snapshot,
            changes: try fetchChanges(of: id, after: snapshot.revision))
        guard room.revision == (try row.revision(at: 6)) else {
            throw StorageError(.corrupted, "The newest changes of a room are missing.")
        }
        return room
    }

    func fetchSummaries(after id: RoomID?, limit: Int) throws -> [RoomSummary] {
        let select = try cachedStatement(
            sql: """
                SELECT id, language, created_at, updated_at, revision
                FROM rooms \(id == nil ? "" : "WHERE id > :id") ORDER BY id LIMIT :limit
                """)
        let start: StatementArguments = id.map { ["id": $0.rawValue] } ?? [:]
        return try Row.fetchAll(select, arguments: start + ["limit": limit]).map { row in
            RoomSummary(
                record: try RoomRecord(row), updatedAt: try row.time(at: 3),
                revision: Revision(try row.decode(atIndex: 4)))
        }
    }

    /// Removes a room; its snapshot and its changes go with it.
    func deleteRoom(_ id: RoomID) throws {
        try cachedStatement(sql: "DELETE FROM rooms WHERE id = ?").execute(arguments: [id.rawValue])
    }

    func updateSnapshot(_ snapshot: Snapshot, of id: RoomID) throws {
        let select = try cachedStatement(sql: "SELECT revision FROM rooms WHERE id = ?")
        guard let newest = try Int.fetchOne(select, arguments: [id.rawValue]) else {
            throw StorageError(.notFound, "There is no room \(id).")
        }
        guard snapshot.revision.rawValue <= newest else {
            throw StorageError(.conflict, "The snapshot is newer than the newest entry.", rooms: [id])
        }
        let update = try cachedStatement(
            sql: "UPDATE snapshots SET revision = ?1, text = ?2 WHERE room = ?3 AND revision < ?1")
        try update.execute(arguments: [snapshot.revision.rawValue, snapshot.text, id.rawValue])
    }
}

extension RoomRecord {
    /// From a row that begins with the id, the language and the time of creation.
    fileprivate init(_ row: Row) throws {
        self.init(
            id: RoomID(try row.decode(atIndex: 0)), language: try row.decode(atIndex: 1),
            createdAt: try row.time(at: 2))
    }
}

/// Values of a row, none of which has to be what the server wrote there. A subscript of the row would end the process at
/// the first that is not.
extension Row {
    /// The revision that a room is at.
    func revision(at index: Int) throws -> Revision {
        let number: Int = try decode(atIndex: index)
        guard let revision = Revision(exactly: number) else {
            throw StorageError(.corrupted, "A room is at a revision that cannot be.", underlying: "\(number)")
        }
        return revision
    }

    fileprivate func time(at index: Int) throws -> Timestamp {
        Timestamp(milliseconds: try decode(atIndex: index))
    }
}
