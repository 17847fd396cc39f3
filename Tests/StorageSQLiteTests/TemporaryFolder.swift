import Foundation
import GRDB
import ProviderKit

@testable import StorageSQLite

/// A folder of one test's own.
struct TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "pairloom-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String {
        path + "/" + name
    }

    /// The names of the files in the folder, in order.
    var contents: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    /// Opens a file of the folder as the server does.
    func open(_ name: String = "rooms.db", shared: Bool = false) async throws -> any RoomStore {
        try await StorageSQLiteTests.open(file(name), shared: shared)
    }

    /// A store on a pool that was changed behind its back.
    func openStore(_ name: String = "rooms.db", sabotage: String) throws -> SQLiteRoomStore {
        let file = SQLiteFile(path: file(name), isShared: false, busyTimeout: .seconds(1))
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
