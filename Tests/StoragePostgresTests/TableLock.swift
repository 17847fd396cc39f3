import TestSupport

@testable import StoragePostgres

/// A lock on the rooms of a place, as of a person who has begun a transaction and gone for a coffee.
struct TableLock {
    private let pool: ConnectionPool
    private let gate = Gate()
    private let holding: Task<Void, any Error>

    init(on place: PostgresPlace) async throws {
        let settings = try ConnectionSettings(
            url: place.server.url, connectTimeout: .seconds(60), statementTimeout: .seconds(60))
        let lock = ["BEGIN", "LOCK TABLE \(Schema(place.schema).quotedName).rooms"]
        let pool = try ConnectionPool(settings, connections: 1) { _, _ in }
        let gate = gate
        self.pool = pool
        holding = Task {
            try await pool.write { (connection) throws(PostgresFailure) in
                _ = try connection.run(lock.map { Statement(once: $0)() })
                gate.pass()
                _ = try connection.run([Statement(once: "ROLLBACK")()])
            }
        }
        await gate.reached()
    }

    /// Ends the transaction.
    func release() async throws {
        gate.open()
        try await holding.value
        await pool.close()
    }
}
