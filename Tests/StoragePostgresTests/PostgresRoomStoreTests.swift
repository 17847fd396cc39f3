import ProviderConformance
import ProviderKit
import TestSupport
import Testing

@testable import StoragePostgres

// One after the other: each clause opens several handles, and a server takes only so many connections.
@Suite(.serialized) struct PostgresRoomStoreTests {
    @Test(arguments: StorageConformance.clauses(persisting: true))
    func conforms(to clause: StorageConformance.Clause) async throws {
        let place = try await PostgresPlace()
        try await clause.check { try await place.open() }
        try await place.remove()
    }

    @Test(arguments: StorageConformance.clauses(persisting: true))
    func conformsThroughAPooler(to clause: StorageConformance.Clause) async throws {
        let place = try await PostgresPlace(through: PgBouncer.shared().url)
        try await clause.check { try await place.open() }
        try await place.remove()
    }

    @Test(arguments: [
        "UPDATE changes SET payloads = '\\x7F00' WHERE first_revision = 4",
        "UPDATE changes SET payloads = '' WHERE first_revision = 4",
        "UPDATE changes SET first_revision = 9223372036854775807 WHERE first_revision = 4",
        "DELETE FROM changes WHERE first_revision = 1", "DELETE FROM changes WHERE first_revision = 4",
        "DELETE FROM changes WHERE first_revision = 6", "DELETE FROM changes", "DELETE FROM snapshots",
        "UPDATE rooms SET revision = -1", "UPDATE rooms SET revision = 9223372036854775807",
        "UPDATE snapshots SET revision = -1", "UPDATE snapshots SET revision = -9223372036854775808",
        "UPDATE snapshots SET revision = 9007199254740992; UPDATE rooms SET revision = 9007199254740992",
        "UPDATE snapshots SET revision = 9223372036854775807; UPDATE rooms SET revision = 9223372036854775807",
        "UPDATE snapshots SET revision = -7; UPDATE rooms SET revision = -7; DELETE FROM changes",
        "UPDATE changes SET first_revision = -9223372036854775808 WHERE first_revision = 4",
        "UPDATE changes SET first_revision = 0, last_revision = -1 WHERE first_revision = 1",
        "UPDATE changes SET payloads = '\\xFFFFFFFFFFFFFFFF7F' WHERE first_revision = 4",
        "UPDATE rooms SET revision = 6", "ALTER TABLE rooms ALTER revision TYPE integer",
        "ALTER TABLE changes ALTER payloads TYPE text", "DROP TABLE changes",
    ])
    func damageIsTold(damage: String) async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        try await store.create(.sample("a"), text: "text")
        for revisions in [1...3, 4...5, 6...7] { try await store.append([.sample("a", revisions)]) }
        _ = try await place.server.run("SET search_path = \"\(place.schema)\"; \(damage)")
        let error = await failure { _ = try await store.load(RoomID("a")) }
        #expect(error?.code == .corrupted, "\(String(describing: error))")
        await store.close()
        try await place.remove()
    }

    @Test func timesThatNoDatabaseCanHoldBecomeTheNearest() async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        for (id, time) in [("a", Int64.min), ("b", -62_135_596_800_001), ("c", -1), ("d", .max)] {
            let record = RoomRecord(id: RoomID(id), language: "", createdAt: Timestamp(milliseconds: time))
            try await store.create(record, text: "")
        }
        let times = try await store.rooms(after: nil, limit: .max).map(\.record.createdAt.milliseconds)
        #expect(times == [-210_866_803_200_000, -62_135_596_800_001, -1, 9_224_318_015_999_999])
        await store.close()
        try await place.remove()
    }

    @Test(arguments: ["infinity", "-infinity", "294276-12-31 23:59:59.999999", "4714-11-24 BC"])
    func anyTimeIsRead(time: String) async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        try await store.create(.sample("a"), text: "text")
        _ = try await place.server.run(
            "UPDATE \"\(place.schema)\".rooms SET created_at = '\(time)', updated_at = '\(time)'")
        let room = try #require(try await store.load(RoomID("a")))
        #expect(room.record.createdAt == room.updatedAt)
        await store.close()
        try await place.remove()
    }

    @Test func bytesThatAreNoArrayAreTold() {
        var random = SeededGenerator()
        for _ in 0..<20_000 {
            let counts = [Int32.min, -1, 0, 1, 2, 3, .max]
            let elements = counts.randomElement(using: &random) ?? 0
            let length = counts.randomElement(using: &random) ?? 0
            // One dimension, without NULLs, of any type, with so many elements from 1 on; the length of the first.
            var bytes = [1, 0, 0, elements, 1, length].flatMap { number in
                withUnsafeBytes(of: number.bigEndian, Array.init)
            }
            bytes += (0..<Int.random(in: 0...12, using: &random)).map { _ in .random(in: 0...255, using: &random) }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            bytes.withUnsafeBytes { bytes in
                do throws(PostgresFailure) {
                    var reader = BinaryReader(bytes)
                    let elements = try reader.array { Array($0) }
                    #expect(elements.reduce(0) { $0 + $1.count } <= bytes.count, "seed \(random.seed)")
                } catch {
                    #expect(error == .damaged("a value has another type"), "seed \(random.seed)")
                }
            }
        }
    }

    @Test func numbersOfAnySizeWillDo() async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        let id = RoomID("a")
        try await store.create(.sample("a"), text: "")
        try await store.append([])
        try await store.append([.sample("a", 1...3)])
        for number in [Int.min, -1, .max] {
            let append = RoomAppend(
                room: id, first: Revision(number), payloads: [[1]], at: Timestamp(milliseconds: 1))
            #expect(await failure { try await store.append([append]) }?.rooms == [id])
            let run = PayloadRun([[1], [2]])
            #expect(await failure { try await store.prepend(run, to: id, from: Revision(number)) }?.code == .conflict)
            try await store.prune(id, through: Revision(number))
            #expect(try await store.entries(of: id, in: Revision(.min)..<Revision(.max), limit: number).count <= 3)
            #expect(try await store.rooms(after: nil, limit: number).count <= 1)
        }
        #expect(try await store.allEntries(of: "a").count == 3)
        await store.close()
        try await place.remove()
    }

    @Test func theURLMaySayMoreButNotInWhichEncoding() async throws {
        let server = try await PostgresServer.shared()
        let url = server.url + "?client_encoding=LATIN1&application_name=mine&keepalives_idle=7"
        let place = try await PostgresPlace(through: url)
        let store = try await place.open()
        try await store.create(.sample("a"), text: "λ👩‍👩‍👧‍👦")
        #expect(try await store.load(RoomID("a"))?.snapshot.text == "λ👩‍👩‍👧‍👦")
        #expect(try await server.run("SELECT text FROM \"\(place.schema)\".snapshots") == "λ👩‍👩‍👧‍👦")
        let names = "SELECT DISTINCT application_name FROM pg_stat_activity WHERE query LIKE '%\(place.schema)%'"
        #expect(try await server.run(names + " AND pid <> pg_backend_pid()") == "mine")
        await store.close()
        try await place.remove()
    }
}
