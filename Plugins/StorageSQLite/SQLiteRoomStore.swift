import Dispatch
import GRDB
import ProviderKit

/// A store of rooms in one SQLite file.
///
/// GRDB runs every access on queues of its own: one that writes, and a few that read at the same time.
final class SQLiteRoomStore: RoomStore {
    private let pool: DatabasePool
    private let lock: FileLock?
    /// Nil when the file was gone before it could be looked at.
    private let file: FileIdentity?
    private let gate = CallGate()

    /// - Parameter pool: a pool on a file with the tables of ``Schema``; the store closes it.
    init(pool: DatabasePool, lock: FileLock?) {
        self.pool = pool
        self.lock = lock
        file = FileIdentity(path: pool.path)
    }

    /// Chooses a file and opens it, on a thread that may be blocked.
    static func open(
        _ choose: @escaping @Sendable () throws(ProviderStartError) -> SQLiteFile
    ) async throws(ProviderStartError) -> SQLiteRoomStore {
        let opened = await onBlockingThread { () -> Result<SQLiteRoomStore, ProviderStartError> in
            Result { () throws(ProviderStartError) in
                let (pool, lock) = try choose().open()
                return SQLiteRoomStore(pool: pool, lock: lock)
            }
        }
        return try opened.get()
    }

    func create(_ room: StoredRoom) async throws(StorageError) {
        try await write { db in try db.insertRoom(room) }
    }

    func load(_ id: RoomID) async throws(StorageError) -> StoredRoom? {
        try await read { db in try db.fetchRoom(id) }
    }

    func append(_ batch: [RoomAppend]) async throws(StorageError) {
        try await write { db in try db.insertChanges(batch) }
    }

    func prepend(_ payloads: PayloadRun, to id: RoomID, from first: Revision) async throws(StorageError) {
        try await write { db in try db.insertEarlierChanges(payloads, of: id, from: first) }
    }

    func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) async throws(StorageError) {
        try await write { db in try db.updateSnapshot(snapshot, of: id) }
    }

    func prune(_ id: RoomID, through revision: Revision) async throws(StorageError) {
        try await write { db in try db.deleteChanges(of: id, through: revision) }
    }

    func entries(of id: RoomID, in range: Range<Revision>, limit: Int) async throws(StorageError) -> [LogEntry] {
        try await read { db in try db.fetchEntries(of: id, in: range, limit: limit) }
    }

    func rooms(after id: RoomID?, limit: Int) async throws(StorageError) -> [RoomSummary] {
        try await read { db in try db.fetchSummaries(after: id, limit: limit) }
    }

    func delete(_ id: RoomID) async throws(StorageError) {
        try await write { db in try db.deleteRoom(id) }
    }

    func checkHealth() async throws(StorageError) {
        // Writes what is there already: the one way to learn of a full or a read-only disk.
        try await write { db in try db.execute(sql: "PRAGMA user_version = \(Schema.version)") }
    }

    func close() async {
        guard await gate.close() else { return }
        await Self.onBlockingThread { [pool, lock] in
            // Leaves one file, where nobody else has it open; what cannot be moved now is safe in the log beside it.
            // The last connection to close removes the log, so it must be the one that writes, and a canceled call
            // must not stop it: running a statement takes back an interruption that came too late.
            pool.releaseMemory()
            try? pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try? pool.close()
            lock?.release()
        }
    }

    private func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        try gate.enter()
        defer { gate.leave() }
        try checkPlace()
        do {
            return try await pool.read(body)
        } catch {
            throw StorageError(error)
        }
    }

    /// Runs a body in a transaction of its own, which is undone when the body throws.
    private func write(_ body: @Sendable (Database) throws -> Void) async throws(StorageError) {
        try gate.enter()
        defer { gate.leave() }
        try checkPlace()
        do {
            try await pool.write(body)
        } catch {
            throw StorageError(error)
        }
        try checkPlace()
    }

    /// SQLite goes on writing to a file that was removed or replaced, where nobody will find it again.
    private func checkPlace() throws(StorageError) {
        guard let file, FileIdentity(path: pool.path) == file else {
            throw StorageError(
                .unavailable, "The file was removed or replaced; put it back, or start the server again.")
        }
    }

    private static func onBlockingThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }
}
