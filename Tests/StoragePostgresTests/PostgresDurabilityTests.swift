import Foundation
import ProviderKit
import TestSupport
import Testing

@testable import StoragePostgres

@Suite(.serialized) struct PostgresDurabilityTests {
    @Test func whatACallReturnedForSurvivesACrashEvenWhereCommitsDoNotWait() async throws {
        let server = try await PostgresServer.start()
        _ = try await server.run("ALTER SYSTEM SET wal_writer_delay = '10s'")
        _ = try await server.run("ALTER ROLE pairloom SET synchronous_commit = off; SELECT pg_reload_conf()")
        let place = try await PostgresPlace(on: server)
        for round in 1...5 {
            let store = try await place.open()
            if round == 1 { try await store.create(.sample("a"), text: "text") }
            try await store.append([.sample("a", round...round)])
            try await server.stop(.immediate)
            await store.close()
            try await server.restart()
        }
        let store = try await place.open()
        #expect(try await store.allEntries(of: "a") == RoomAppend.sample("a", 1...5).entries)
        await store.close()
    }

    @Test(arguments: [("off", "on"), ("on", "on"), ("local", "local"), ("remote_apply", "remote_apply")])
    func commitsWaitForTheDiskAtLeast(setting: String, expected: String) async throws {
        let settings = try ConnectionSettings(
            url: await PostgresServer.shared().url, connectTimeout: .seconds(5), statementTimeout: .seconds(10))
        let pool = try ConnectionPool(settings, connections: 1) { _, _ in }
        try await pool.run("SET synchronous_commit = \(setting)")
        let statements = ["SELECT \(Schema.durably)", "SELECT current_setting('synchronous_commit')"]
        for sql in [statements, Array(statements.dropFirst())] {
            let found = try await pool.write { (connection) throws(PostgresFailure) in
                try connection.run(sql.map { Statement(once: $0)() }).last?.rows.first?.text(0)
            }
            // After the transaction the setting is what it was.
            #expect(found == (sql.count == 2 ? expected : setting))
        }
        await pool.close()
    }
}
