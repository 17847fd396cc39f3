import GRDB
import ProviderKit
import TestSupport

@testable import StorageSQLite

extension TemporaryFolder {
    /// Opens a file of the folder as the server does.
    func open(_ name: String = "rooms.db", shared: Bool = false) async throws -> any RoomStore {
        try await StorageSQLiteTests.open(path(name), shared: shared)
    }

    /// A store on a pool that was changed behind its back.
    func openStore(_ name: String = "rooms.db", sabotage: String) throws -> SQLiteRoomStore {
        let file = SQLiteFile(path: path(name), isShared: false, busyTimeout: .seconds(1))
        let (pool, lock) = try file.open()
        try pool.writeWithoutTransaction { db in try db.execute(sql: sabotage) }
        return SQLiteRoomStore(pool: pool, lock: lock)
    }
}

/// Opens a file as the server does.
func open(_ path: String, shared: Bool = false) async throws(ProviderStartError) -> any RoomStore {
    let options = OptionValues().setting(SQLiteStorageProvider.path, to: path)
        .setting(SQLiteStorageProvider.shared, to: shared)
    return try await SQLiteStorageProvider.descriptor.make(options, .silent)
}
