import Foundation
import GRDB
import ProviderKit
import TestSupport
import Testing

@testable import StorageSQLite

@Suite struct SQLiteFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func theServerKeepsTheFileForItself() async throws {
        let first = try await folder.open()
        for shared in [false, true] {
            #expect(await refusal("rooms.db", shared: shared)?.isRetryable == true)
            #expect(
                await refusal("rooms.db", shared: shared)?.message
                    == "\(folder.path("rooms.db")) is in use by another server (pid \(getpid())); "
                    + "stop it, use another file, or set shared: true for both")
        }
        await first.close()
        await (try folder.open()).close()
    }

    @Test func aFileThatServersShareIsNotForOneAlone() async throws {
        let first = try await folder.open(shared: true)
        let second = try await folder.open(shared: true)
        await first.close()
        #expect(await refusal("rooms.db")?.message.contains("is in use by another server;") == true)
        await second.close()
        await (try folder.open()).close()
    }

    @Test func theFolderIsCreated() async throws {
        await (try folder.open("new/deep/rooms.db")).close()
        #expect(FileManager.default.fileExists(atPath: folder.path("new/deep/rooms.db")))
    }

    @Test func aFolderThatCannotBeCreatedIsTold() async throws {
        try Data().write(to: URL(fileURLWithPath: folder.path("file")))
        let message = await refusal("file/rooms.db")?.message
        #expect(message?.hasPrefix("The folder \(folder.path("file")) cannot be created") == true)
    }

    @Test func aFolderThatCannotBeWrittenIsTold() async throws {
        // Not even root may add a file to this one.
        let error = await #expect(throws: ProviderStartError.self) { try await open("/proc/rooms.db") }
        #expect(error?.message.hasPrefix("/proc/rooms.db cannot be written") == true)
    }

    @Test func aFolderInPlaceOfAFileIsTold() async throws {
        try FileManager.default.createDirectory(atPath: folder.path("rooms.db"), withIntermediateDirectories: false)
        #expect(await refusal("rooms.db")?.message == "\(folder.path("rooms.db")) is a folder; name a file in it")
    }

    @Test func aPipeOrADeviceIsToldAndNothingIsLeftBesideIt() async throws {
        try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
        let rest = " is a pipe or a device; name a regular file"
        #expect(await refusal("pipe")?.message == folder.path("pipe") + rest)
        #expect(try folder.contents() == ["pipe"])
        let error = await #expect(throws: ProviderStartError.self) { try await open("/dev/null") }
        #expect(error?.message == "/dev/null" + rest)
    }

    @Test func aFileThatAnotherProgramWritesIsToldWithWhatToDo() async throws {
        let queue = try DatabaseQueue(path: folder.path("rooms.db"))
        let file = SQLiteFile(path: folder.path("rooms.db"), isShared: false, busyTimeout: .zero)
        var error: ProviderStartError?
        try queue.inTransaction(.exclusive) { _ in
            error = #expect(throws: ProviderStartError.self) { try file.open() }
            return .rollback
        }
        #expect(
            error?.message == "\(folder.path("rooms.db")) is being written by another program; "
                + "stop it, or set a longer busy_timeout")
        try queue.close()
    }

    @Test func aFileThatIsNoDatabaseIsToldAndStays() async throws {
        let content = Data(String(repeating: "not a database\n", count: 1_000).utf8)
        try content.write(to: URL(fileURLWithPath: folder.path("rooms.db")))
        #expect(await refusal("rooms.db")?.message.contains("is not an SQLite database") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("rooms.db"))) == content)
        #expect(try folder.contents() == ["rooms.db"])
    }

    @Test func theDatabaseOfAnotherProgramIsTold() async throws {
        try change("rooms.db", sql: "CREATE TABLE theirs (id)")
        #expect(await refusal("rooms.db")?.message.contains("is the database of another program") == true)
    }

    @Test func aFileFromANewerVersionIsTold() async throws {
        await (try folder.open()).close()
        try change("rooms.db", sql: "PRAGMA user_version = 99")
        #expect(await refusal("rooms.db")?.message.contains("was written by a newer version") == true)
        try change("rooms.db", sql: "PRAGMA user_version = \(Schema.version)")
        await (try folder.open()).close()
    }

    /// Why a file of the folder does not open.
    private func refusal(_ name: String, shared: Bool = false) async -> ProviderStartError? {
        await #expect(throws: ProviderStartError.self) {
            await (try folder.open(name, shared: shared)).close()
        }
    }

    private func change(_ name: String, sql: String) throws {
        let queue = try DatabaseQueue(path: folder.path(name))
        try queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
        try queue.close()
    }
}
