import ProviderKit

/// What is asked of the tables `rooms` and `snapshots`, each in one statement and so in one state of the database.
struct RoomQueries: Sendable {
    private let create: Statement
    private let select: Statement
    private let list: Statement
    private let listAfter: Statement
    private let saveSnapshot: Statement
    private let delete: Statement

    init(_ schema: Schema) {
        let sql = RoomSQL(schema: schema.quotedName)
        create = Statement(sql.create)
        select = Statement(sql.select)
        list = Statement(sql.list)
        listAfter = Statement(sql.listAfter)
        saveSnapshot = Statement(sql.saveSnapshot)
        delete = Statement(sql.delete)
    }

    /// Adds a room; says whether there was none of this id.
    func create(_ room: StoredRoom, on connection: Connection) throws(PostgresFailure) -> Bool {
        let (record, snapshot) = (room.record, room.snapshot)
        let row = try connection.row(
            create(
                .text(record.id.rawValue), .text(record.language), .time(record.createdAt), .time(room.updatedAt),
                .integer(room.revision.rawValue), .integer(snapshot.revision.rawValue), .text(snapshot.text),
                .bytes(room.changes.framed)))
        return try row.boolean(0)
    }

    func load(_ id: RoomID, on connection: Connection) throws(PostgresFailure) -> StoredRoom? {
        guard let row = try connection.rows(select(.text(id.rawValue))).first else { return nil }
        let snapshot = Snapshot(revision: try row.revision(4), text: try row.text(5))
        var tail = LogTail(after: snapshot.revision)
        for (first, payloads) in zip(try row.integers(6), try row.byteArrays(7)) {
            try tail.append(ChangeRun(first: Revision(first), framed: payloads))
        }
        guard tail.newest == (try row.revision(3)) else {
            throw .damaged("the newest changes of room \(id) are missing")
        }
        let record = RoomRecord(id: id, language: try row.text(0), createdAt: try row.time(1))
        return StoredRoom(record: record, updatedAt: try row.time(2), snapshot: snapshot, changes: tail.payloads)
    }

    func summaries(
        after id: RoomID?, limit: Int, on connection: Connection
    ) throws(PostgresFailure) -> [RoomSummary] {
        let limit = Parameter.integer(max(limit, 0))
        let rows = try connection.rows(id.map { listAfter(limit, .text($0.rawValue)) } ?? list(limit))
        return try rows.map { (row) throws(PostgresFailure) in
            let record = RoomRecord(
                id: RoomID(try row.text(0)), language: try row.text(1), createdAt: try row.time(2))
            return RoomSummary(record: record, updatedAt: try row.time(3), revision: Revision(try row.integer(4)))
        }
    }

    /// Saves a snapshot that is newer than the one that is there, but not newer than the room.
    ///
    /// - Returns: the room's newest revision; nil when there is no such room.
    func saveSnapshot(
        _ snapshot: Snapshot, of id: RoomID, on connection: Connection
    ) throws(PostgresFailure) -> Revision? {
        let row = try connection.row(
            saveSnapshot(.text(id.rawValue), .integer(snapshot.revision.rawValue), .text(snapshot.text)))
        return try row.optionalInteger(0).map { Revision($0) }
    }

    /// Removes a room; its snapshot and its changes go with it.
    func delete(_ id: RoomID, on connection: Connection) throws(PostgresFailure) {
        _ = try connection.row(delete(.text(id.rawValue)))
    }
}
