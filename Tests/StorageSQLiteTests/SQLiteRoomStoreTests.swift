import Foundation
import GRDB
import ProviderConformance
import ProviderKit
import TestSupport
import Testing

@testable import StorageSQLite

@Suite struct SQLiteRoomStoreTests {
    private let folder: TemporaryFolder
    private let room = RoomRecord(id: RoomID("a"), language: "swift", createdAt: Timestamp(milliseconds: 1))

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: StorageConformance.clauses(persisting: true))
    func conforms(to clause: StorageConformance.Clause) async throws {
        try await clause.check { [folder] in try await folder.open(shared: true) }
    }

    @Test func closeLeavesOneFile() async throws {
        let store = try await folder.open()
        try await store.create(room, text: "text")
        #expect(try await store.load(room.id)?.record == room)
        #expect(try folder.contents() == ["rooms.db", "rooms.db-shm", "rooms.db-wal", "rooms.db.lock"])
        await store.close()
        #expect(try folder.contents() == ["rooms.db"])
    }

    /// Values that may stand in a file that another program has written, though it looks like one of ours.
    @Test(arguments: [
        "UPDATE rooms SET revision = -1", "UPDATE rooms SET revision = 9223372036854775807",
        "UPDATE rooms SET revision = 9007199254740992", "UPDATE rooms SET revision = -9223372036854775807 - 1",
        "UPDATE snapshots SET revision = -1", "UPDATE snapshots SET revision = 9223372036854775807",
        "UPDATE snapshots SET revision = 9223372036854775807; UPDATE rooms SET revision = 9223372036854775807",
        "UPDATE snapshots SET revision = 9007199254740992; UPDATE rooms SET revision = 9007199254740992",
        "UPDATE snapshots SET revision = -9223372036854775807 - 1; UPDATE rooms SET revision = -1",
        "UPDATE changes SET first_revision = -9223372036854775807 - 1",
        "UPDATE changes SET first_revision = 9223372036854775807", "UPDATE changes SET first_revision = 0",
        "UPDATE changes SET payloads = x''", "UPDATE changes SET payloads = x'FFFFFFFFFFFFFFFF7F'",
        "UPDATE changes SET payloads = x'FFFFFFFFFFFFFFFFFF01'", "DELETE FROM changes",
    ])
    func damageIsTold(damage: String) async throws {
        let first = try await folder.open()
        try await first.create(room, text: "text")
        try await first.append([append(1)])
        await first.close()
        let store = try folder.openStore(sabotage: damage)
        #expect(await failure { _ = try await store.load(room.id) } == .corrupted)
        await useAnyhow(store)
    }

    @Test(arguments: ["NULL", "'text'", "1.5", "1e300", "x'00FF'", "''"])
    func valuesOfOtherTypesAreTold(value: String) async throws {
        for (table, column) in [
            ("rooms", "language"), ("rooms", "created_at"), ("rooms", "updated_at"), ("rooms", "revision"),
            ("snapshots", "revision"), ("snapshots", "text"), ("changes", "first_revision"), ("changes", "payloads"),
        ] {
            // The same tables without their types.
            let store = try folder.openStore(
                "\(table).\(column)",
                sabotage: """
                    DROP TABLE changes; DROP TABLE snapshots; DROP TABLE rooms;
                    CREATE TABLE rooms (id PRIMARY KEY, language, created_at, updated_at, revision);
                    CREATE TABLE snapshots (room PRIMARY KEY, revision, text);
                    CREATE TABLE changes (room, first_revision, last_revision, payloads);
                    INSERT INTO rooms VALUES ('a', 'swift', 1, 1, 1);
                    INSERT INTO snapshots VALUES ('a', 0, 'text');
                    INSERT INTO changes VALUES ('a', 1, 1, x'0107');
                    UPDATE \(table) SET \(column) = \(value);
                    """)
            let code = await failure { _ = try await store.load(room.id) }
            #expect(code == nil || code == .corrupted, "\(table).\(column) is \(value)")
            if value == "NULL" { #expect(code == .corrupted, "\(table).\(column)") }
            await useAnyhow(store)
        }
    }

    /// Calls all that a server calls, whatever comes of it.
    private func useAnyhow(_ store: any RoomStore) async {
        let everything = Revision(.min)..<Revision(.max)
        let codes = [
            await failure { _ = try await store.rooms(after: nil, limit: 10) },
            await failure { _ = try await store.entries(of: room.id, in: everything, limit: 10) },
            await failure { try await store.append([append(2)]) },
            await failure { try await store.prepend(append(1).payloads, to: room.id, from: Revision(1)) },
            await failure { try await store.saveSnapshot(Snapshot(revision: Revision(1), text: ""), for: room.id) },
            await failure { try await store.prune(room.id, through: Revision(1)) },
        ]
        #expect(codes.allSatisfy { [nil, .corrupted, .conflict, .notFound].contains($0) }, "\(codes)")
        await store.close()
    }

    @Test(arguments: [-1, .min, 2, .max] as [Int32]) func aFormatThatCannotBeIsRefused(format: Int32) async throws {
        let store = try folder.openStore(sabotage: "PRAGMA user_version = \(format)")
        await store.close()
        let error = await #expect(throws: ProviderStartError.self) { try await folder.open() }
        let isNewer = error?.message.contains("newer version") == true
        #expect(isNewer == (format > 0))
    }

    @Test func commitsAreSynchronous() async throws {
        let (pool, lock) = try SQLiteFile(path: folder.path("a.db"), isShared: false, busyTimeout: .zero).open()
        defer { lock.release() }
        #expect(try await pool.write { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") } == 2)
        #expect(try await pool.write { db in try String.fetchOne(db, sql: "PRAGMA journal_mode") } == "wal")
        try pool.close()
    }

    @Test func whatAppendReturnedForSurvivesACrash() async throws {
        let store = try await folder.open()
        try await store.create(room, text: "text")
        for revision in 1...100 {
            try await store.append([append(revision)])
        }
        for suffix in ["", "-wal"] {
            let manager = FileManager.default
            try manager.copyItem(atPath: folder.path("rooms.db" + suffix), toPath: folder.path("copy.db" + suffix))
        }
        let copy = try await folder.open("copy.db")
        #expect(try await copy.load(room.id)?.entries == (1...100).flatMap { append($0).entries })
        await copy.close()
        await store.close()
    }

    @Test func aFullDiskIsToldAndLosesNothing() async throws {
        let store = try folder.openStore(sabotage: "PRAGMA max_page_count = 20")
        try await store.create(room, text: "text")
        var saved = 0
        let code = await failure {
            while saved < 1_000 {
                try await store.append([append(saved + 1, payload: [UInt8](repeating: 7, count: 3_000))])
                saved += 1
            }
        }
        #expect(code == .full)
        #expect(saved > 0)
        let large = Snapshot(revision: Revision(1), text: String(repeating: "x", count: 100_000))
        #expect(await failure { try await store.saveSnapshot(large, for: room.id) } == .full)
        let loaded = try #require(await store.load(room.id))
        #expect(loaded.snapshot.text == "text")
        #expect(loaded.entries.map(\.revision.rawValue) == Array(1...saved))
        await store.close()
    }

    @Test func aReadOnlyFileIsToldAndStillRead() async throws {
        let first = try await folder.open()
        try await first.create(room, text: "text")
        await first.close()

        let store = try folder.openStore(sabotage: "PRAGMA query_only = ON")
        #expect(await failure { try await store.append([append(1)]) } == .readOnly)
        #expect(await failure { try await store.checkHealth() } == .readOnly)
        let loaded = try #require(await store.load(room.id))
        #expect(loaded.snapshot.text == "text")
        #expect(loaded.entries.isEmpty)
        await store.close()
    }

    @Test func anotherWriterThatStaysMakesItUnavailable() async throws {
        let store = try folder.openStore(sabotage: "PRAGMA busy_timeout = 1")
        try await store.create(room, text: "text")
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path("rooms.db"), configuration: configuration)
        try await other.writeWithoutTransaction { db in try db.beginTransaction(.immediate) }
        #expect(await failure { try await store.append([append(1)]) } == .unavailable)
        try await other.writeWithoutTransaction { db in try db.rollback() }
        try await store.append([append(1)])
        try other.close()
        await store.close()
    }

    @Test func nothingIsSavedIntoAFileThatWasRemovedOrReplaced() async throws {
        for isReplaced in [false, true] {
            let store = try await folder.open("\(isReplaced).db")
            try await store.create(room, text: "text")
            let (path, away) = (folder.path("\(isReplaced).db"), folder.path("\(isReplaced) away.db"))
            try FileManager.default.moveItem(atPath: path, toPath: away)
            if isReplaced { try Data().write(to: URL(filePath: path)) }
            #expect(await failure { try await store.append([append(1)]) } == .unavailable)
            #expect(await failure { try await store.checkHealth() } == .unavailable)
            #expect(await failure { _ = try await store.load(room.id) } == .unavailable)
            if isReplaced { try FileManager.default.removeItem(atPath: path) }
            try FileManager.default.moveItem(atPath: away, toPath: path)
            try await store.append([append(1)])
            #expect(try await store.load(room.id)?.revision == Revision(1))
            await store.close()
        }
    }

    @Test func aRoomWhoseNewestChangesAreMissingIsDamaged() async throws {
        let store = try folder.openStore(sabotage: "PRAGMA foreign_keys = ON")
        try await store.create(room, text: "text")
        for revision in 1...3 { try await store.append([append(revision)]) }
        let other = try DatabaseQueue(path: folder.path("rooms.db"))
        try await other.write { db in try db.execute(sql: "DELETE FROM changes WHERE last_revision = 3") }
        try other.close()
        #expect(await failure { _ = try await store.load(room.id) } == .corrupted)
        await store.close()
    }

    @Test func damageIsTold() async throws {
        let store = try folder.openStore(sabotage: "PRAGMA foreign_keys = ON")
        try await store.create(room, text: "text")
        try await store.append([append(1)])
        let other = try DatabaseQueue(path: folder.path("rooms.db"))
        try await other.write { db in try db.execute(sql: "UPDATE changes SET payloads = x'7F00'") }
        try other.close()
        #expect(await failure { _ = try await store.load(room.id) } == .corrupted)
        await store.close()
    }

    /// The code of the error that a call throws, if it does.
    private func failure(_ call: () async throws -> Void) async -> StorageError.Code? {
        do {
            try await call()
            return nil
        } catch {
            return (error as? StorageError)?.code
        }
    }

    private func append(_ revision: Int, payload: [UInt8]? = nil) -> RoomAppend {
        RoomAppend(
            room: room.id, first: Revision(revision), payloads: [payload ?? Array("change \(revision)".utf8)],
            at: Timestamp(milliseconds: Int64(revision)))
    }
}
