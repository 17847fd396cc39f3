import Foundation
import GRDB
import ProviderKit
import Synchronization
import TestSupport
import Testing

@testable import StorageSQLite

/// Files that belong to somebody else, above all to the FastAPI server that came before.
@Suite struct SQLiteForeignFileTests {
    private let folder: TemporaryFolder
    private let log = Lines()

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: [
        ("app.db", "app.db", false), ("/srv/app.db", "/srv/app.db", false), ("sqlite:///app.db", "app.db", true),
        ("sqlite:////srv/app.db", "/srv/app.db", true), ("sqlite+aiosqlite:////srv/app.db", "/srv/app.db", true),
        ("sqlite:////srv/app.db?check_same_thread=false", "/srv/app.db", true),
        ("SQLite:////a b/ü.db", "/a b/ü.db", true),
        ("sqlite3:////srv/app.db", "/srv/app.db", true), ("/srv/my:file.db", "/srv/my:file.db", false),
    ])
    func aLocationIsAPathOrAURL(text: String, path: String, isURL: Bool) throws {
        let location = try SQLiteLocation(text)
        #expect(location.path == path)
        #expect(location.isURL == isURL)
    }

    @Test(arguments: [
        ("sqlite://", "in memory"), ("sqlite:///", "in memory"), ("sqlite:///:memory:", "in memory"),
        (":memory:", "in memory"), ("sqlite:///file:x?mode=memory&uri=true", "in memory"),
        ("sqlite:///file:x?uri=true", "no URL of a file"), ("sqlite://app.db", "no URL of a file"),
        ("/etc/sqlite:/app.db", "no URL of a file"), ("/etc/sqlite:app.db", "no URL of a file"),
        ("/etc/sqlite+aiosqlite:/app.db", "no URL of a file"), ("/etc/file:./app.db", "no URL of a file"),
        ("/etc/postgresql:/ada:secret@db/rooms", "no URL of a file"),
        ("/etc/jdbc:sqlite:/app.db", "no URL of a file"), ("/etc/jdbc:sqlite:app.db", "no URL of a file"),
        ("jdbc:sqlite:///app.db", "no URL of a file"), ("sqlite:///C:/x/app.db", "a drive of Windows"),
        ("sqlite:///c:\\x\\app.db", "a drive of Windows"),
    ])
    func aLocationThatIsNoFileIsTold(text: String, words: String) throws {
        let error = #expect(throws: ProviderStartError.self) { try SQLiteLocation(text) }
        #expect(error?.message.contains(words) == true)
        #expect(error?.message.contains("secret") == false)
    }

    @Test(arguments: [("/srv/app.db", "sqlite:////srv/app.db"), ("/a?b/app.db", "/a?b/app.db")])
    func theURLOfAFileIsItsPathWhereAURLWouldEndBefore(path: String, url: String) {
        let values = OptionValues().setting(SQLiteStorageProvider.path, to: path)
        #expect(SQLiteFastAPIDatabase.url(of: values) == url)
    }

    @Test(arguments: ["", "sqlite:///"])
    func theFileOfTheFastAPIServerStaysAsItIsAndOursIsBesideIt(scheme: String) async throws {
        try makeOldFile()
        let before = try contents("app.db")
        for round in 1...2 {
            let store = try await open(scheme + folder.path("app.db"))
            if round == 1 { try await store.create(record, text: "ours") }
            #expect(try await store.load(record.id)?.snapshot.text == "ours")
            await store.close()
        }
        #expect(try contents("app.db") == before)
        #expect(try folder.contents() == ["app.db", "app.pairloom.db"])
        let line =
            "\(folder.path("app.db")) is the database of the FastAPI server and stays as it is; rooms are kept in "
            + folder.path("app.pairloom.db")
        #expect(lines == [line, line])
        // Once the old file is gone, the rooms are where they were.
        try FileManager.default.removeItem(atPath: folder.path("app.db"))
        let store = try await open(scheme + folder.path("app.db"))
        #expect(try await store.load(record.id)?.snapshot.text == "ours")
        await store.close()
    }

    @Test func theFileOfAnotherProgramIsLeftAloneWhereAURLNamesItAndElseRefused() async throws {
        try change("other.db", "CREATE TABLE theirs (id)")
        let before = try contents("other.db")
        await #expect(throws: ProviderStartError.self) { try await open(folder.path("other.db")) }
        #expect(try folder.contents() == ["other.db"])
        await (try open("sqlite:///" + folder.path("other.db"))).close()
        #expect(try folder.contents() == ["other.db", "other.pairloom.db"])
        #expect(try contents("other.db") == before)
    }

    @Test func aFileThatIsNewOrOursIsUsedAsItIs() async throws {
        for _ in 1...2 { await (try open("sqlite:///" + folder.path("new.db"))).close() }
        try Data().write(to: URL(fileURLWithPath: folder.path("empty.db")))
        await (try open("sqlite:///" + folder.path("empty.db"))).close()
        #expect(try folder.contents() == ["empty.db", "new.db"])
        #expect(lines.isEmpty)
    }

    @Test func aPlaceThatCannotBeReadIsToldThoughAFileOfOursIsBesideIt() async throws {
        await (try open(folder.path("app.pairloom.db"))).close()
        let damaged = Data(repeating: 0x2A, count: 4_096)
        try damaged.write(to: URL(fileURLWithPath: folder.path("app.db")))
        for scheme in ["", "sqlite:///"] {
            let error = await #expect(throws: ProviderStartError.self) {
                try await open(scheme + folder.path("app.db"))
            }
            #expect(error?.message.contains("\(folder.path("app.db")) is not an SQLite database") == true)
        }
        #expect(try contents("app.db") == damaged)
        try FileManager.default.removeItem(atPath: folder.path("app.db"))
        try FileManager.default.createDirectory(
            atPath: folder.path("app.db"), withIntermediateDirectories: false)
        let error = await #expect(throws: ProviderStartError.self) { try await open(folder.path("app.db")) }
        #expect(error?.message.contains("is a folder") == true)
        #expect(lines.isEmpty)
    }

    @Test func anUnfinishedTransactionOfAnotherProgramIsToldAndLeftToIt() async throws {
        try makeOldFile()
        // The header of a journal that says to put one page back, as a program that was killed leaves it.
        var journal = Data([0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1])
        journal += Data([0, 0, 2, 0, 0, 0, 0x10, 0]) + Data(repeating: 0, count: 5_000)
        try journal.write(to: URL(fileURLWithPath: folder.path("app.db-journal")))
        let before = try contents("app.db")
        let error = await #expect(throws: ProviderStartError.self) { try await open(folder.path("app.db")) }
        #expect(error?.message.contains("has an unfinished transaction of another program") == true)
        #expect(try contents("app.db") == before)
    }

    @Test func theRoomsOfTheFastAPIServerAreRead() async throws {
        try makeOldFile()
        let database = try await SQLiteFastAPIDatabase.open("sqlite:///" + folder.path("app.db"), setting: "--from")
        let rows = try await database.rows(limit: .max)
        #expect(rows.map(\.id) == ["a", "b", "7", nil, nil, nil])
        #expect(rows.map(\.language) == ["Python", nil, nil, nil, nil, nil])
        let times: [Int64?] = [1_704_164_645_679, nil, 1_700_000_000_000, nil, nil, nil]
        #expect(rows.map { $0.createdAt?.milliseconds } == times)
        #expect(rows.first?.updatedAt == Timestamp(milliseconds: 1_704_164_645_000))
        #expect(try await database.rows(limit: 2).count == 2)
        #expect(try await database.code(of: "a") == Array("print('🧵')".utf8))
        #expect(try await database.code(of: "b") == nil)
        #expect(try await database.code(of: "7") == [0x61, 0, 0xFF])
        await #expect(throws: StorageError.self) { _ = try await database.code(of: "c") }
        await database.close()
    }

    @Test func aDateOutOfAnyRangeOrOfAnotherTypeIsNone() async throws {
        try change(
            "app.db",
            """
            CREATE TABLE rooms (id TEXT PRIMARY KEY, code TEXT, created_at DATETIME, updated_at DATETIME);
            INSERT INTO rooms VALUES ('a', 'x', -9223372036854775807 - 1, x'31'), ('b', 'x', 9e999, -9e999),
                ('c', 'x', 9223372036854775807, -1.5)
            """)
        let database = try await SQLiteFastAPIDatabase.open(folder.path("app.db"), setting: "--from")
        let rows = try await database.rows(limit: .max)
        #expect(rows.map(\.id) == ["a", "b", "c"])
        #expect(rows.allSatisfy { $0.createdAt == nil })
        let times: [Int64?] = [nil, nil, -1_500]
        #expect(rows.map { $0.updatedAt?.milliseconds } == times)
        await database.close()
    }

    @Test func aTableWithTheTwoColumnsAloneIsRead() async throws {
        try change(
            "app.db", "CREATE TABLE Rooms (ID VARCHAR PRIMARY KEY, CODE TEXT); INSERT INTO rooms VALUES ('a', 'x')")
        let database = try await SQLiteFastAPIDatabase.open(folder.path("app.db"), setting: "--from")
        let row = try #require(try await database.rows(limit: .max).first)
        #expect(row.id == "a" && row.language == nil && row.createdAt == nil && row.updatedAt == nil)
        await database.close()
    }

    @Test func aNumberInAColumnWithoutATypeIsAnID() async throws {
        try change("app.db", "CREATE TABLE rooms (id, code); INSERT INTO rooms VALUES (7, 'seven'), ('8', 'eight')")
        let database = try await SQLiteFastAPIDatabase.open(folder.path("app.db"), setting: "--from")
        #expect(try await database.rows(limit: .max).map(\.id) == ["7", "8"])
        for (id, code) in [("7", "seven"), ("8", "eight")] {
            #expect(try await database.code(of: id) == Array(code.utf8))
        }
        await database.close()
    }

    @Test func aFileWithoutSuchATableIsTold() async throws {
        try change("other.db", "CREATE TABLE theirs (id)")
        try change("columns.db", "CREATE TABLE rooms (id, name)")
        await (try folder.open("ours.db")).close()
        try folder.write("not a database, but long enough for one to be looked for in it", to: "text.db")
        for (name, words) in [
            ("nowhere.db", "there is no file"), ("other.db", "has no table `rooms`"),
            ("columns.db", "and has id, name"),
            ("ours.db", "is not the database of the FastAPI server"), ("text.db", "is not an SQLite database"),
        ] {
            let error = await #expect(throws: ProviderStartError.self) {
                try await SQLiteFastAPIDatabase.open(folder.path(name), setting: "--from")
            }
            #expect(error?.message.contains(words) == true)
            #expect(error?.message.contains(folder.path(name)) == true)
        }
    }

    private let record = RoomRecord(id: RoomID("ours"), language: "swift", createdAt: Timestamp(milliseconds: 1))

    private var lines: [String] { log.written.withLock { $0 } }

    private func open(_ path: String) async throws -> any RoomStore {
        let options = OptionValues().setting(SQLiteStorageProvider.path, to: path)
        return try await SQLiteStorageProvider.descriptor.make(
            options, ProviderContext { [log] _, line in log.written.withLock { $0.append(line) } })
    }

    /// The lines that were logged.
    private final class Lines: Sendable {
        let written = Mutex<[String]>([])
    }

    /// Makes a file as SQLAlchemy does, with some rows that only SQLite lets in.
    private func makeOldFile() throws {
        try change(
            "app.db",
            """
            CREATE TABLE rooms (
                id VARCHAR NOT NULL, code TEXT, language VARCHAR, created_at DATETIME, updated_at DATETIME, PRIMARY KEY (id)
            );
            INSERT INTO rooms VALUES ('a', 'print(''🧵'')', 'Python', '2024-01-02 03:04:05.678901', '2024-01-02T03:04:05Z');
            INSERT INTO rooms (id) VALUES ('b');
            INSERT INTO rooms VALUES (7, CAST(x'6100FF' AS TEXT), NULL, 1700000000, 'yesterday');
            INSERT INTO rooms (id) VALUES (x'6162'), (CAST(x'FF' AS TEXT)), (CAST(x'C0' AS TEXT))
            """)
    }

    private func change(_ name: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.path(name))
        try queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
        try queue.close()
    }

    private func contents(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
    }
}
