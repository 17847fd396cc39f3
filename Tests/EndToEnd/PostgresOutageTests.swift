import PairloomClient
import TestSupport
import Testing

@Suite("Outage of PostgreSQL: editing goes on, and everything is saved in the end")
struct PostgresOutageTests {
    @Test(
        "Nobody who types notices that PostgreSQL is stopped, and all of it is saved once it is back",
        .timeLimit(.minutes(5)), arguments: [PostgresServer.Stop.fast, .immediate])
    func survivesStops(how: PostgresServer.Stop) async throws {
        let postgres = try await PostgresServer.start()
        try await withRoom(on: postgres, port: postgres.port) { room in
            try await room.typing {
                try await room.ada.client.waitUntilSaved(revision: 1)
                try await postgres.stop(how)
                try await endure(in: room)
                try await postgres.restart()
                try await room.server.waitUntilReadiness(\.isReady)
            }
        }
    }

    @Test(
        "While PostgreSQL can only be read the server says so, and goes on by itself when it can be written",
        .timeLimit(.minutes(5)))
    func survivesReadOnlyDatabases() async throws {
        let postgres = try await PostgresServer.start()
        try await withRoom(on: postgres, port: postgres.port) { room in
            try await room.typing {
                try await room.ada.client.waitUntilSaved(revision: 1)
                try await postgres.set("default_transaction_read_only = on")
                try await endure(in: room)
                #expect(room.server.log.contains("PostgreSQL can only be read right now."))
                try await postgres.set("default_transaction_read_only = off")
                try await room.server.waitUntilReadiness(\.isReady)
            }
        }
    }

    @Test(
        "A commit that loses its connection is made once, whether or not PostgreSQL had got it",
        .timeLimit(.minutes(5)), arguments: CuttingProxy.Moment.allCases)
    func survivesCuts(moment: CuttingProxy.Moment) async throws {
        let postgres = try await PostgresServer.start()
        let proxy = try await CuttingProxy.start(to: postgres.port)
        try await withRoom(on: postgres, port: proxy.port) { room in
            for cuts in 1...10 {
                proxy.cut(moment, at: room.ada.nextWord)
                try await room.type(words: 10)
                try await room.waitUntilSaved()
                #expect(proxy.cuts == cuts)
            }
        }
    }

    @Test(
        "Nothing is said to be saved while no standby has it, whoever ends the wait", .timeLimit(.minutes(5)),
        arguments: ["pg_cancel_backend(pid)", "pg_terminate_backend(pid)"])
    func survivesEndedWaits(end: String) async throws {
        let postgres = try await PostgresServer.start()
        try await withRoom(on: postgres, port: postgres.port) { room in
            try await room.type(words: 1)
            try await room.waitUntilSaved()
            let saved = await room.saved()
            try await postgres.awaitStandby(true)
            try await room.type(words: 1)
            var ended = 0
            while ended < 3 { ended += try await postgres.endWaits(end) }
            let savedMeanwhile = await room.saved()
            #expect(savedMeanwhile == saved)
            try await postgres.awaitStandby(false)
        }
    }

    /// Runs a test in a room that is kept on a PostgreSQL server; then all that was typed must be there and in the
    /// database, each word once.
    private func withRoom(
        on postgres: PostgresServer, port: Int, _ body: (OutageRoom) async throws -> Void
    ) async throws {
        let settings: Settings = [
            "storage.provider": "postgres",
            "storage.postgres": "{ url: \"postgresql://pairloom@127.0.0.1:\(port)/pairloom\" }",
            "conflict.policy": "merge",
        ]
        try await withServer(settings) { server in
            try await OutageRoom.withRoom(on: server) { room in
                try await body(room)
                let revision = try await room.waitUntilSaved()
                try await server.waitUntilReadiness { $0.isReady && $0.unsavedBytes == 0 }
                try await room.mustHoldEachWordOnce()
                let log = try await StoredLog.read(room.id, from: postgres)
                log.mustHoldEachRevisionOnce(upTo: revision)
                print("  \(revision) revisions, saved in \(log.runs.count) commits")
            }
        }
    }

    /// Waits until the server knows that it cannot save; expects that people can type all the same, and that nothing is
    /// falsely said to be saved.
    private func endure(in room: OutageRoom) async throws {
        let down = try await room.server.waitUntilReadiness { !$0.isReady }
        #expect(down.status == 503)
        try await room.waitForEdits(50)
        let saved = await room.saved()
        try await room.waitForEdits(50, atLeast: .byHand)
        let later = try await room.server.waitUntilReadiness {
            !$0.isReady && $0.oldestUnsavedMilliseconds > down.oldestUnsavedMilliseconds
        }
        let savedMeanwhile = await room.saved()
        #expect(savedMeanwhile == saved)
        print("  unsaved after \(later.oldestUnsavedMilliseconds) ms: \(later.unsavedBytes) bytes")
    }
}

extension PostgresServer {
    /// Changes a setting of the running server.
    fileprivate func set(_ setting: String) async throws {
        _ = try await run("ALTER SYSTEM SET \(setting)")
        _ = try await run("SELECT pg_reload_conf()")
    }
}
