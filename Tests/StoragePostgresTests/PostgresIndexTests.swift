import ProviderKit
import TestSupport
import Testing

@testable import StoragePostgres

@Suite struct PostgresIndexTests {
    @Test func everyIndexIsUsedAndNoTableIsReadThrough() async throws {
        let place = try await PostgresPlace()
        await (try place.open()).close()
        _ = try await place.server.run(Self.manyRooms(in: place.schema))
        let scans = """
            SELECT coalesce(sum(seq_scan), 0) FROM pg_stat_user_tables
            WHERE schemaname = '\(place.schema)' AND relname <> 'format'
            """
        let before = try await place.server.run(scans)
        let store = try await place.open()
        // Often enough for PostgreSQL to settle for one plan, whatever the parameters.
        for number in 1...12 { try await Self.use(store, "room \(number * 800)") }
        await store.close()
        // Counted when they have ended.
        let left = """
            SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%\(place.schema)%' AND pid <> pg_backend_pid()
            """
        while try await place.server.run(left) != "0" {}
        #expect(try await place.server.run(scans) == before)
        let unused = """
            SELECT indexrelname FROM pg_stat_user_indexes WHERE schemaname = '\(place.schema)' AND idx_scan = 0
            """
        #expect(try await place.server.run(unused) == "")
        try await place.remove()
    }

    private static func manyRooms(in schema: String) -> String {
        """
        SET search_path = "\(schema)";
        INSERT INTO rooms SELECT 'room ' || i, 'swift', now(), now(), 30 FROM generate_series(1, 10000) AS i;
        INSERT INTO snapshots SELECT id, 10, 'text' FROM rooms;
        INSERT INTO changes SELECT id, i * 10 + 1, i * 10 + 10, decode(repeat('0101', 10), 'hex')
            FROM rooms, generate_series(0, 2) AS i;
        ANALYZE rooms, snapshots, changes;
        """
    }

    /// Every call that a store has.
    private static func use(_ store: any RoomStore, _ name: String) async throws {
        let id = RoomID(name)
        try await store.append([.sample(name, 31...35), .sample("\(name)1", 31...31)].filter { $0.room == id })
        #expect(try await store.load(id)?.entries.count == 25)
        #expect(try await store.entries(of: id, in: Revision(15)..<Revision(22), limit: 100).count == 7)
        try await store.prune(id, through: Revision(5))
        try await store.prepend(PayloadRun([[1]]), to: id, from: Revision(5))
        try await store.saveSnapshot(Snapshot(revision: Revision(20), text: "newer"), for: id)
        #expect(try await store.rooms(after: id, limit: 10).count == 10)
        #expect(try await store.rooms(after: nil, limit: 10).count == 10)
        try await store.delete(id)
        try await store.create(StoredRoom(new: RoomRecord.sample(name), text: ""))
    }
}
