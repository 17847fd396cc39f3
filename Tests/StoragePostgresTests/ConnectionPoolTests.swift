import ProviderKit
import TestSupport
import Testing

@testable import StoragePostgres

@Suite(.serialized) struct ConnectionPoolTests {
    @Test func callsAreServedInTheirOrder() async throws {
        let pool = try await pool(connections: 1)
        let gate = Gate()
        let log = Log()
        let busy = Task { try await pool.write { _ in gate.pass() } }
        await gate.reached()
        var calls: [Task<Void, any Error>] = []
        for number in 0..<20 {
            calls.append(Task { try await pool.read { _ in log.context.log(.info, "\(number)") } })
            while pool.waitingCalls <= number { await Task.yield() }
        }
        gate.open()
        for call in calls + [busy] { try await call.value }
        #expect(log.lines == (0..<20).map(String.init))
        await pool.close()
    }

    @Test func aCanceledCallThatHasNotBegunIsLeftOut() async throws {
        let pool = try await pool(connections: 1)
        let gate = Gate()
        let busy = Task { try await pool.write { _ in gate.pass() } }
        await gate.reached()
        let log = Log()
        let call = Task { try await pool.write { _ in log.context.log(.info, "begun") } }
        while pool.waitingCalls == 0 { await Task.yield() }
        call.cancel()
        await #expect(throws: PostgresFailure.cancelled) { try await call.value }
        #expect(pool.waitingCalls == 0)
        busy.cancel()
        gate.open()
        try await busy.value
        await pool.close()
        #expect(log.lines.isEmpty)
    }

    @Test func closeEndsWhatHasBegunAndRefusesTheRest() async throws {
        let pool = try await pool(connections: 1)
        let gate = Gate()
        let begun = Task { try await pool.write { _ in gate.pass() } }
        await gate.reached()
        let waiting = Task { try await pool.write { _ in } }
        while pool.waitingCalls == 0 { await Task.yield() }
        let closing = Task { await pool.close() }
        await #expect(throws: PostgresFailure.closed) { try await waiting.value }
        gate.open()
        try await begun.value
        await closing.value
        await #expect(throws: PostgresFailure.closed) { try await pool.read { _ in } }
        await pool.close()
    }

    @Test func closeEndsAnAttemptToConnect() async throws {
        let listener = try SilentListener()
        let settings = try ConnectionSettings(
            url: "postgresql://127.0.0.1:\(listener.port)/rooms", connectTimeout: .seconds(600),
            statementTimeout: .seconds(600))
        let pool = try ConnectionPool(settings, connections: 2) { _, _ in }
        let call = Task { try await pool.read { _ in } }
        try await listener.acceptOne()
        await pool.close()
        await #expect(throws: PostgresFailure.closed) { try await call.value }
    }

    @Test func aServerThatNeverAnswersIsGivenUp() async throws {
        let listener = try SilentListener()
        let settings = try ConnectionSettings(
            url: "postgresql://127.0.0.1:\(listener.port)/rooms", connectTimeout: .milliseconds(100),
            statementTimeout: .seconds(600))
        let pool = try ConnectionPool(settings, connections: 1) { _, _ in }
        let reason = PostgresFailure.unreachable(reason: "no answer within connect_timeout")
        await #expect(throws: reason) { try await pool.read { _ in } }
        // At once, with the same reason.
        await #expect(throws: reason) { try await pool.read { _ in } }
        await pool.close()
    }

    @Test func aConnectionIsUsedAgain() async throws {
        let pool = try await pool(connections: 1)
        let processes = Statement("SELECT pg_backend_pid()::bigint")
        var seen: Set<Int> = []
        for _ in 0..<5 {
            seen.insert(try await pool.integer(processes))
        }
        #expect(seen.count == 1)
        await pool.close()
    }

    @Test func aTransactionThatWasLeftOpenIsRolledBack() async throws {
        let pool = try await pool(connections: 1)
        let place = try await PostgresPlace()
        await (try place.open()).close()
        let touch = "UPDATE \"\(place.schema)\".format SET version = 7"
        try await pool.run("BEGIN", touch)
        try await pool.run("COMMIT")
        #expect(try await place.server.run("SELECT version FROM \"\(place.schema)\".format") == "1")
        await pool.close()
        try await place.remove()
    }

    @Test func statementsArePreparedOnceWhereTheConnectionIsOurOwn() async throws {
        let pool = try await pool(connections: 1)
        let names = Statement("SELECT array_agg(name) FROM pg_prepared_statements")
        for _ in 0..<2 {
            let prepared = try await pool.read { (connection) throws(PostgresFailure) in
                try connection.row(names()).texts(0)
            }
            #expect(prepared == [try #require(names.name)])
        }
        await pool.close()
    }

    @Test func nothingIsLeftOnTheConnectionsOfAPooler() async throws {
        let pooler = try await PgBouncer.shared()
        let place = try await PostgresPlace(through: pooler.url)
        let store = try await place.open()
        try await store.create(.sample("a"), text: "")
        let settings = try ConnectionSettings(
            url: pooler.url, connectTimeout: .seconds(5), statementTimeout: .seconds(77))
        let pool = try ConnectionPool(settings, connections: 1) { _, _ in }
        let found = Statement(
            """
            SELECT current_setting('statement_timeout') || (SELECT count(*) FROM pg_prepared_statements)
            """)
        for _ in 0..<10 {
            // As anybody else sees the connection of the pooler: without the limit of our own transactions.
            let left = try await pool.read { (connection) throws(PostgresFailure) in
                try connection.run([found()], with: Patience(.seconds(5))).first?.rows.first?.text(0)
            }
            #expect(left == "00")
        }
        await pool.close()
        await store.close()
        try await place.remove()
    }

    @Test(arguments: ["DEALLOCATE ALL", "PREPARE"])
    func aPreparedStatementThatIsGoneOrThereAlreadyIsDoneWithout(command: String) async throws {
        let pool = try await pool(connections: 1)
        let statement = Statement("SELECT 7::bigint")
        let name = try #require(statement.name)
        if command == "PREPARE" {
            try await pool.run("PREPARE \(name) AS SELECT 8::bigint")
        } else {
            #expect(try await pool.integer(statement) == 7)
            try await pool.run(command)
        }
        for _ in 0..<2 { #expect(try await pool.integer(statement) == 7) }
        await pool.close()
    }

    private func pool(connections: Int) async throws -> ConnectionPool {
        let settings = try ConnectionSettings(
            url: await PostgresServer.shared().url, connectTimeout: .seconds(5), statementTimeout: .seconds(10))
        return try ConnectionPool(settings, connections: connections) { _, _ in }
    }
}

extension ConnectionPool {
    /// Runs statements in one round trip.
    func run(_ statements: String...) async throws {
        try await write { (connection) throws(PostgresFailure) in
            _ = try connection.run(statements.map { Statement(once: $0)() })
        }
    }

    /// Runs a statement, once, that gives one number.
    fileprivate func integer(_ statement: Statement) async throws -> Int {
        try await write { (connection) throws(PostgresFailure) in try connection.row(statement()).integer(0) }
    }
}
