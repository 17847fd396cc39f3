import Foundation
import ProviderKit
import TestSupport
import Testing

@testable import StoragePostgres

@Suite(.serialized) struct PostgresOutageTests {
    @Test(arguments: [PostgresServer.Stop.fast, .immediate], [false, true])
    func aStoreGoesOnWhenTheServerIsBack(how: PostgresServer.Stop, throughPooler: Bool) async throws {
        let server = try await PostgresServer.start()
        let pooler = throughPooler ? try PgBouncer(before: server) : nil
        let log = Log()
        let place = try await PostgresPlace(on: server, through: pooler?.url)
        let store = try await place.open(shortly, context: log.context)
        try await store.create(.sample("a"), text: "text")
        try await store.append([.sample("a", 1...1)])

        try await server.stop(how)
        for _ in 0..<20 {
            #expect(await failure { try await store.append([.sample("a", 2...2)]) }?.code == .unavailable)
            #expect(await failure { _ = try await store.load(RoomID("a")) }?.code == .unavailable)
            #expect(await failure { try await store.checkHealth() }?.code == .unavailable)
        }
        try await server.restart()
        await repeats({ try await store.checkHealth() }, until: nil)
        try await store.append([.sample("a", 2...2)])
        #expect(try await store.allEntries(of: "a") == RoomAppend.sample("a", 1...2).entries)
        await store.close()
        guard !throughPooler else { return }
        #expect(log.lines.count == 2)
        #expect(log.lines.first?.hasPrefix("127.0.0.1:\(server.port): PostgreSQL ") == true)
        #expect(log.lines.last == "127.0.0.1:\(server.port): PostgreSQL can be reached again.")
    }

    @Test func connectionsThatAreLostWhileIdleAreReplacedUnnoticed() async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        try await store.create(.sample("a"), text: "text")
        for revision in 1...10 {
            // Returns when they have ended.
            _ = try await place.server.run(terminating(place, where: "true"))
            try await store.append([.sample("a", revision...revision)])
        }
        #expect(try await store.allEntries(of: "a").count == 10)
        await store.close()
        try await place.remove()
    }

    @Test func aReadThatLosesItsConnectionIsDoneAgain() async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        try await store.create(.sample("a"), text: "text")
        let lock = try await TableLock(on: place)
        let load = Task { try await store.load(RoomID("a")) }
        try await terminateWaiting(place)
        try await lock.release()
        #expect(try await load.value?.snapshot.text == "text")
        await store.close()
        try await place.remove()
    }

    @Test func aWriteThatLosesItsConnectionIsUnavailableAndDoneOnceAtMost() async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        try await store.create(.sample("a"), text: "text")
        let lock = try await TableLock(on: place)
        let append = Task { try await store.append([.sample("a", 1...1)]) }
        try await terminateWaiting(place)
        try await lock.release()
        let error = await failure { try await append.value }
        #expect(error?.code == .unavailable)
        #expect(error?.underlying == "57P01: terminating connection due to administrator command")
        #expect(try await store.allEntries(of: "a").isEmpty)
        try await store.append([.sample("a", 1...1)])
        await store.close()
        try await place.remove()
    }

    @Test func aStatementThatTakesTooLongIsGivenUpByTheServer() async throws {
        let place = try await PostgresPlace()
        await (try place.open()).close()
        let store = try await place.open(impatiently)
        try await store.create(.sample("a"), text: "text")
        let lock = try await TableLock(on: place)
        let error = await failure { try await store.append([.sample("a", 1...1)]) }
        #expect(error?.code == .unavailable)
        #expect(error?.underlying == "57014: canceling statement due to statement timeout")
        try await lock.release()
        try await store.append([.sample("a", 1...1)])
        await store.close()
        try await place.remove()
    }

    @Test func aStatementBehindAPoolerIsGivenUpByTheServerToo() async throws {
        // Else it would go on waiting for its lock, and another one with each try.
        let pooler = try PgBouncer(before: await PostgresServer.shared())
        let place = try await PostgresPlace(through: pooler.url)
        await (try place.open()).close()
        let store = try await place.open(impatiently)
        try await store.create(.sample("a"), text: "text")
        let lock = try await TableLock(on: place)
        let error = await failure { _ = try await store.load(RoomID("a")) }
        #expect(error?.code == .unavailable)
        #expect(error?.underlying == "57014: canceling statement due to statement timeout")
        try await lock.release()
        #expect(try await store.load(RoomID("a"))?.snapshot.text == "text")
        await store.close()
        try await place.remove()
    }

    @Test func aServerThatCanOnlyBeReadIsToldAndStillRead() async throws {
        let server = try await PostgresServer.start()
        let store = try await PostgresPlace(on: server).open()
        try await store.create(.sample("a"), text: "text")
        _ = try await server.run("ALTER SYSTEM SET default_transaction_read_only = on")
        _ = try await server.run("SELECT pg_reload_conf()")
        await repeats({ try await store.checkHealth() }, until: .readOnly)
        #expect(await failure { try await store.append([.sample("a", 1...1)]) }?.code == .readOnly)
        #expect(try await store.load(RoomID("a"))?.snapshot.text == "text")
        _ = try await server.run("ALTER SYSTEM RESET default_transaction_read_only")
        _ = try await server.run("SELECT pg_reload_conf()")
        await repeats({ try await store.checkHealth() }, until: nil)
        await store.close()
    }

    @Test func tablesThatAreGoneAreTold() async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        try await place.remove()
        #expect(await failure { try await store.append([.sample("a", 1...1)]) }?.code == .corrupted)
        #expect(await failure { try await store.checkHealth() }?.code == .corrupted)
        await store.close()
    }

    /// Comes back soon after an outage.
    private func shortly(_ options: OptionValues) -> OptionValues {
        options.setting(PostgresStorageProvider.connectTimeout, to: .seconds(3))
    }

    private func impatiently(_ options: OptionValues) -> OptionValues {
        options.setting(PostgresStorageProvider.statementTimeout, to: .milliseconds(500))
    }

    /// Ends the connections that have used a place's schema last.
    private func terminating(_ place: PostgresPlace, where condition: String) -> String {
        """
        SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND query LIKE '%\(place.schema)%' AND \(condition)
        """
    }

    /// Ends the connection of a place that waits for a lock, once there is one.
    private func terminateWaiting(_ place: PostgresPlace) async throws {
        while try await place.server.run(terminating(place, where: "wait_event_type = 'Lock'")).isEmpty {}
    }
}
