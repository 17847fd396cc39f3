import Migration
import ProviderKit
import StorageMemory
import Testing

/// The import of a FastAPI server's rooms.
@Suite struct FastAPIRoomsTests {
    /// Rows as a database gives them.
    private struct Rows: FastAPIDatabase {
        let all: [(row: FastAPIRow, code: [UInt8]?)]
        let name = "the old database"

        func rows(limit: Int) async throws(StorageError) -> [FastAPIRow] { all.prefix(limit).map(\.row) }

        func code(of id: String) async throws(StorageError) -> [UInt8]? {
            guard let room = all.first(where: { $0.row.id == id }) else {
                throw StorageError(.notFound, "No such row.")
            }
            return room.code
        }

        func close() async {}
    }

    private let target = MemoryRoomStore()

    @Test func roomsArriveUnderTheirIdsWithTheirTextsAndDates() async throws {
        let progress = try await copy([
            row("b/🧵", "print('🧵')\r\n", "JavaScript", 1_000, 2_000), row("a", nil), row("c", "", "", nil, 5_000),
        ])
        #expect(progress.copied == 3)
        #expect(progress.failures.isEmpty && progress.differences.isEmpty)
        let first = try #require(try await target.load(RoomID("b/🧵")))
        #expect(first.snapshot == Snapshot(revision: .zero, text: "print('🧵')\r\n"))
        #expect(first.record.language == "javascript")
        #expect(first.record.createdAt.milliseconds == 1_000)
        #expect(first.updatedAt.milliseconds == 2_000)
        let second = try #require(try await target.load(RoomID("a")))
        #expect(second.snapshot.text == "" && second.record.language == "python")
        #expect(second.record.createdAt.milliseconds == 99 && second.updatedAt.milliseconds == 99)
        let third = try #require(try await target.load(RoomID("c")))
        #expect(third.record.createdAt.milliseconds == 5_000 && third.record.language == "python")
    }

    @Test func anotherRunCopiesWhatIsNewAndLeavesWhatWasEdited() async throws {
        try await copy([row("a", "one"), row("b", "two", "go", 7, 8)])
        let append = RoomAppend(
            room: RoomID("a"), first: Revision(1), payloads: [[1]], at: Timestamp(milliseconds: 100))
        try await target.append([append])
        let progress = try await copy([row("a", "one"), row("b", "two", "go", 7, 8), row("c", "three")], now: 1_234)
        #expect(progress.copied == 1 && progress.alreadyThere == 2)
        #expect(progress.failures.isEmpty && progress.differences.isEmpty)
        #expect(try await target.load(RoomID("a"))?.revision == Revision(1))
        // What the old server has changed since stays out, and is named.
        let changed = try await copy([row("b", "two and a half", "go", 7, 9)])
        #expect(changed.failures.first.map(\.room) == [RoomID("b")])
        #expect(try await target.load(RoomID("b"))?.snapshot.text == "two")
    }

    @Test func aRoomThatWasMadeHereUnderTheSameIdStays() async throws {
        try await target.create(
            RoomRecord(id: RoomID("a"), language: "swift", createdAt: Timestamp(milliseconds: 5)), text: "ours")
        let progress = try await copy([row("a", "theirs", "go", 1, 1)])
        #expect(progress.failures.count == 1)
        #expect(try await target.load(RoomID("a"))?.snapshot.text == "ours")
    }

    @Test func rowsThatCannotBeRoomsAreNamedAndTheOthersCopied() async throws {
        let rows = [
            row("long", String(repeating: "x", count: 101)), row("longest", String(repeating: "x", count: 100)),
            row("nul", "a\0b"), row("", "x"), row("i\0d", "x"), (row: row("z", "").row, code: [0x61, 0xFF]),
            (row: (id: nil, language: nil, createdAt: nil, updatedAt: nil), code: nil), row("longest", "another"),
        ]
        let progress = try await copy(rows)
        #expect(progress.copied == 1)
        #expect(progress.failures.count == 7)
        let words = progress.failures.first.map { "\($0)" }.joined(separator: "\n")
        for part in [
            "room long: the source: Its code has 101 bytes, and limits.document allows 100.",
            "room nul: the source: Its code has U+0000 in it.", "room z: the source: Its code is not UTF-8.",
            "(row 4 of the table): the source: Its id is empty", "(row 5 of the table): the source: Its id has U+0000",
            "(row 7 of the table): the source: Its id is NULL",
            "(row 8 of the table): the source: Its id is that of another row: longest.",
        ] {
            #expect(words.contains(part), "\(words)")
        }
        #expect(try await target.rooms(after: nil, limit: 9).map(\.record.id) == [RoomID("longest")])
    }

    @Test func roomsAreListedInTheOrderOfTheirBytesInPages() async throws {
        let names = ["é", "a", "b", "Z", "🧵", "aa", "-"]
        let rooms = try await rooms(names.map { row($0, "") })
        var listed: [RoomID] = []
        while case let page = try await rooms.rooms(after: listed.last, limit: 2), !page.isEmpty {
            listed += page.map(\.record.id)
        }
        #expect(listed == names.map { RoomID($0) }.sorted())
        #expect(try await rooms.rooms(after: RoomID("0"), limit: 1).map(\.record.id) == [RoomID("Z")])
    }

    @Test func nothingCanBeWritten() async throws {
        let rooms = try await rooms([row("a", "x")])
        let error = await #expect(throws: StorageError.self) { try await rooms.delete(RoomID("a")) }
        #expect(error?.code == .readOnly)
    }

    private func row(
        _ id: String, _ code: String?, _ language: String? = nil, _ created: Int64? = nil, _ updated: Int64? = nil
    ) -> (row: FastAPIRow, code: [UInt8]?) {
        let times = [created, updated].map { $0.map(Timestamp.init(milliseconds:)) }
        return (
            row: (id: id, language: language, createdAt: times[0], updatedAt: times[1]),
            code: code.map { Array($0.utf8) }
        )
    }

    private func rooms(
        _ rows: [(row: FastAPIRow, code: [UInt8]?)], now: Int64 = 99
    ) async throws(StorageError) -> FastAPIRooms {
        try await FastAPIRooms(
            of: Rows(all: rows), for: target, largestDocument: 100, now: Timestamp(milliseconds: now))
    }

    @discardableResult
    private func copy(
        _ rows: [(row: FastAPIRow, code: [UInt8]?)], now: Int64 = 99
    ) async throws -> MigrationProgress {
        let monitor = MigrationMonitor()
        let options = MigrationOptions(
            allowsForeignRooms: true, allowsEditedRooms: true, retries: Retries(limit: 2) { _ in }, pageSize: 2)
        let migration = Migration(from: try await rooms(rows, now: now), to: target, options: options, monitor: monitor)
        try await migration.survey()
        try await migration.copy()
        if monitor.progress.failures.isEmpty { try await migration.verify() }
        return monitor.progress
    }
}
