import Foundation
import ProviderKit
import TestSupport
import Testing

@testable import StoragePostgres

/// A server that waits for a standby which does not exist: what it has committed itself is not yet safe.
@Suite(.serialized) struct PostgresStandbyTests {
    /// A way to end the wait of a commit.
    enum End: String, CaseIterable {
        case cancel = "pg_cancel_backend(pid)"
        case terminate = "pg_terminate_backend(pid)"
    }

    @Test(arguments: End.allCases)
    func anAppendWhoseWaitIsEndedIsOfUnknownOutcomeUntilACommitIsConfirmed(end: End) async throws {
        let server = try await PostgresServer.start()
        let store = try await PostgresPlace(on: server).open()
        try await store.create(.sample("a"), text: "text")
        try await server.awaitStandby(true)
        let append = RoomAppend.sample("a", 1...2)
        // The second time the entries are there already, and no standby has them for that.
        for _ in 0..<2 {
            let error = await failure { try await server.ending(end) { try await store.append([append]) } }
            #expect(error?.code == .unavailable)
        }
        try await server.awaitStandby(false)
        // A conflict is an answer of a commit that was confirmed, and so is everything that it found.
        await repeats({ try await store.append([append]) }, until: .conflict)
        #expect(try await store.allEntries(of: "a") == append.entries)
        await store.close()
    }

    @Test func everyOtherWriteWhoseWaitIsCanceledIsOfUnknownOutcomeToo() async throws {
        let server = try await PostgresServer.start()
        let store = try await PostgresPlace(on: server).open()
        let (a, b) = (RoomID("a"), RoomID("b"))
        try await store.create(.sample("b"), text: "text")
        try await store.create(
            StoredRoom(
                record: .sample("a"), updatedAt: Timestamp(milliseconds: 2_000),
                snapshot: Snapshot(revision: Revision(1), text: "text 1"),
                changes: RoomAppend.sample("a", 2...3).payloads))
        try await server.awaitStandby(true)
        let snapshot = Snapshot(revision: Revision(2), text: "text 2")
        let writes: [(String, @Sendable () async throws -> Void)] = [
            ("create", { try await store.create(.sample("c"), text: "text") }),
            ("prepend", { try await store.prepend(PayloadRun([[1]]), to: a, from: Revision(1)) }),
            ("saveSnapshot", { try await store.saveSnapshot(snapshot, for: a) }),
            ("prune", { try await store.prune(a, through: Revision(1)) }),
            ("delete", { try await store.delete(b) }),
            ("checkHealth", { try await store.checkHealth() }),
        ]
        for (name, write) in writes {
            // What finds its work done must not say that it is safe either.
            for _ in 0..<2 {
                let error = await failure { try await server.ending(.cancel, write) }
                #expect(error?.code == .unavailable, "\(name): \(String(describing: error))")
                #expect(error?.underlying?.hasPrefix("01000: ") == true, "\(name)")
            }
        }
        try await server.awaitStandby(false)
        await repeats({ try await store.checkHealth() }, until: nil)
        #expect(try await store.load(RoomID("c")) != nil)
        #expect(try await store.load(b) == nil)
        #expect(try await store.load(a)?.snapshot == snapshot)
        await store.close()
    }

    @Test func whatAProgramInTheDatabaseWarnsOfIsNoneOfOurs() async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        try await store.create(.sample("a"), text: "text")
        let schema = Schema(place.schema).quotedName
        _ = try await place.server.run(
            """
            CREATE FUNCTION \(schema).warn() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN RAISE WARNING ''mind the gap''; RAISE NOTICE ''hello''; RETURN NULL; END';
            CREATE TRIGGER warn AFTER INSERT ON \(schema).changes FOR EACH ROW EXECUTE FUNCTION \(schema).warn();
            CREATE CONSTRAINT TRIGGER warn_late AFTER INSERT ON \(schema).changes DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION \(schema).warn()
            """)
        try await store.append([.sample("a", 1...1)])
        await store.close()
        try await place.remove()
    }

    @Test(arguments: [
        ("on", "", false, [String]()), ("remote_apply", "", false, []), ("on", "one", true, []),
        ("off", "", false, ["synchronous_commit is off:"]), ("local", "one", false, ["synchronous_commit is local:"]),
        ("remote_write", "one", true, ["synchronous_commit is remote_write:"]),
        ("on", " ", true, ["the URL names several servers, and synchronous_standby_names is empty:"]),
        ("local", "", true, ["synchronous_commit is local:", "the URL names several servers,"]),
    ])
    func whatMayBeLostIsTold(commit: String, standbys: String, hasSeveralServers: Bool, lines: [String]) {
        let advice = DurabilityAdvice(
            synchronousCommit: commit, standbys: standbys, hasSeveralServers: hasSeveralServers)
        #expect(advice.lines.count == lines.count)
        for (line, start) in zip(advice.lines, lines) { #expect(line.hasPrefix(start)) }
    }

    @Test func aStartWarnsOfWhatMayBeLost() async throws {
        let server = try await PostgresServer.start()
        let log = Log()
        _ = try await server.run("ALTER ROLE pairloom SET synchronous_commit = local")
        let address = "127.0.0.1:\(server.port)"
        let place = try await PostgresPlace(
            on: server, through: "postgresql://pairloom@\(address),127.0.0.1:1/pairloom")
        await (try place.open(context: log.context)).close()
        #expect(log.lines.count == 2)
        #expect(log.lines.first?.hasPrefix("\(address), 127.0.0.1:1: synchronous_commit is local") == true)
        #expect(log.lines.last?.contains("synchronous_standby_names is empty") == true)
    }
}

extension PostgresServer {
    /// Makes a call, and ends each wait for a standby that it comes to.
    fileprivate func ending(
        _ end: PostgresStandbyTests.End, _ call: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await call() }
            group.addTask {
                while !Task.isCancelled { _ = try await self.endWaits(end.rawValue) }
            }
            defer { group.cancelAll() }
            // The call ends first, unless the other task fails.
            _ = try await group.next()
        }
    }
}
