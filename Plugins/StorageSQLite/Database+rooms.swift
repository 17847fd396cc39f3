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
        let snapshot = Snapshot(revision: Revision(row[4]), text: row[5])
        let room = StoredRoom(
            record: RoomRecord(row), updatedAt: Timestamp(milliseconds: row[3]), snapshot: snapshot,
            changes: try fetchChanges(of: id, after: snapshot.revision))
        guard room.revision == Revision(row[6]) else {
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
                record: RoomRecord(row), updatedAt: Timestamp(milliseconds: row[3]), revision: Revision(row[4]))
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
    fileprivate init(_ row: Row) {
        self.init(id: RoomID(row[0]), language: row[1], createdAt: Timestamp(milliseconds: row[2]))
    }
}
