import ProviderKit

/// A store of rooms in one PostgreSQL database.
final class PostgresRoomStore: RoomStore {
    private let pool: ConnectionPool
    private let schema: Schema
    private let rooms: RoomQueries
    private let changes: ChangeQueries

    /// - Parameter pool: connections to a database with the tables of the schema; the store closes it.
    private init(pool: ConnectionPool, schema: Schema) {
        self.pool = pool
        self.schema = schema
        rooms = RoomQueries(schema)
        changes = ChangeQueries(schema)
    }

    /// Connects to a database and brings it to the format of this version.
    ///
    /// Goes on trying to connect for as long as `connect_timeout` says: the database may be starting too.
    static func open(
        _ settings: ConnectionSettings, schema: Schema, connections: Int, context: ProviderContext
    ) async throws(ProviderStartError) -> PostgresRoomStore {
        let pool: ConnectionPool
        do {
            pool = try ConnectionPool(settings, connections: connections, log: context.log)
        } catch {
            throw ProviderStartError(error, settings: settings)
        }
        do {
            let schema = try await prepare(schema, pool, settings, log: context.log)
            return PostgresRoomStore(pool: pool, schema: schema)
        } catch {
            await pool.close()
            throw error
        }
    }

    func create(_ room: StoredRoom) async throws(StorageError) {
        let isNew = try await write { [rooms] (connection) throws(PostgresFailure) in
            try rooms.create(room, on: connection)
        }
        guard isNew else { throw StorageError(.alreadyExists, "There is a room \(room.record.id) already.") }
    }

    func load(_ id: RoomID) async throws(StorageError) -> StoredRoom? {
        try await read { [rooms] (connection) throws(PostgresFailure) in
            try rooms.load(id, on: connection)
        }
    }

    func append(_ batch: [RoomAppend]) async throws(StorageError) {
        let conflicts = try await write { [changes] (connection) throws(PostgresFailure) in
            try changes.append(batch, on: connection)
        }
        guard conflicts.isEmpty else {
            throw StorageError(.conflict, "The entries do not start at the next revision.", rooms: conflicts)
        }
    }

    func prepend(_ payloads: PayloadRun, to id: RoomID, from first: Revision) async throws(StorageError) {
        let oldest = try await write { [changes] (connection) throws(PostgresFailure) in
            try changes.prepend(payloads, to: id, from: first, on: connection)
        }
        guard let oldest else { throw StorageError(.notFound, "There is no room \(id).") }
        guard !payloads.isEmpty, first > .zero, first.rawValue &+ payloads.count == oldest.rawValue else {
            throw StorageError(.conflict, "The entries do not lead up to the oldest one.", rooms: [id])
        }
    }

    func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) async throws(StorageError) {
        let newest = try await write { [rooms] (connection) throws(PostgresFailure) in
            try rooms.saveSnapshot(snapshot, of: id, on: connection)
        }
        guard let newest else { throw StorageError(.notFound, "There is no room \(id).") }
        guard snapshot.revision <= newest else {
            throw StorageError(.conflict, "The snapshot is newer than the newest entry.", rooms: [id])
        }
    }

    func prune(_ id: RoomID, through revision: Revision) async throws(StorageError) {
        try await write { [changes] (connection) throws(PostgresFailure) in
            try changes.prune(id, through: revision, on: connection)
        }
    }

    func entries(of id: RoomID, in range: Range<Revision>, limit: Int) async throws(StorageError) -> [LogEntry] {
        try await read { [changes] (connection) throws(PostgresFailure) in
            try changes.entries(of: id, in: range, limit: limit, on: connection)
        }
    }

    func rooms(after id: RoomID?, limit: Int) async throws(StorageError) -> [RoomSummary] {
        try await read { [rooms] (connection) throws(PostgresFailure) in
            try rooms.summaries(after: id, limit: limit, on: connection)
        }
    }

    func delete(_ id: RoomID) async throws(StorageError) {
        try await write { [rooms] (connection) throws(PostgresFailure) in
            try rooms.delete(id, on: connection)
        }
    }

    func checkHealth() async throws(StorageError) {
        // Does no harm when it is done twice.
        try await read { [schema] (connection) throws(PostgresFailure) in
            try schema.checkWriting(on: connection)
        }
    }

    func close() async {
        await pool.close()
    }

    private func read<Value: Sendable>(
        _ body: @escaping PendingCall<Value>.Body
    ) async throws(StorageError) -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw StorageError(error)
        }
    }

    private func write<Value: Sendable>(
        _ body: @escaping PendingCall<Value>.Body
    ) async throws(StorageError) -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw StorageError(error)
        }
    }
}
