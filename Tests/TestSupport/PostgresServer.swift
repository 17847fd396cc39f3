import Foundation

/// A PostgreSQL server for tests, thrown away afterwards.
///
/// `scripts/throwaway-postgres` runs it, so it ends with the tests even when they are killed.
package final class PostgresServer: Sendable {
    /// How a server is stopped.
    package enum Stop: String, Sendable {
        /// All connections are closed in an orderly way.
        case fast
        /// All of its processes go at once, as in a crash.
        case immediate
    }

    /// Where it listens: `postgresql://pairloom@127.0.0.1:PORT/pairloom`.
    ///
    /// The database is in UTF-8, the user is its superuser, and no password is asked for.
    package let url: String
    package let port: Int
    private let script: Dialogue
    /// The client that comes with the server.
    private let psql: String

    /// The one that all tests of this process share; started when first asked for, gone with the process.
    package static func shared() async throws -> PostgresServer {
        try await sharedServer.value
    }

    /// Whoever asks first starts it, the others wait for the same.
    private static let sharedServer = Task { try await start() }

    /// One of its own, for tests that stop it. It goes away with its last reference.
    package static func start() async throws -> PostgresServer {
        let programs = try await Dialogue(scriptPath, ["--programs"]).ask()
        let script = try Dialogue(scriptPath)
        return try PostgresServer(url: await script.ask(), script: script, psql: "\(programs)/psql")
    }

    private init(url: String, script: Dialogue, psql: String) throws {
        guard let port = URL(string: url)?.port else { throw Failure("no port in \"\(url)\"") }
        self.url = url
        self.port = port
        self.script = script
        self.psql = psql
    }

    /// Ends the server; its data and its port stay.
    package func stop(_ how: Stop) async throws {
        let answer = try await script.ask("stop \(how.rawValue)")
        guard answer == "stopped" else { throw Failure("PostgreSQL was told to stop and said \"\(answer)\"") }
    }

    /// Starts it again after ``stop(_:)``, on the same port and with the same data; returns once it answers.
    package func restart() async throws {
        let answer = try await script.ask("start")
        guard answer == "started" else { throw Failure("PostgreSQL was told to start and said \"\(answer)\"") }
    }

    /// Runs SQL through psql, for tests that look or break things.
    ///
    /// - Returns: the rows, one for each line, their fields parted by `|`.
    package func run(_ sql: String) async throws -> String {
        let folder = try TemporaryFolder()
        let pid = try spawn(
            psql, ["-XqAt", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql],
            environment: ProcessInfo.processInfo.environment, output: .file(folder.path("output")),
            errors: .file(folder.path("errors")))
        let status = await end(of: pid)
        guard status == 0 else { throw Failure("psql cannot run \"\(sql)\": \(folder.read("errors"))") }
        return folder.read("output").trimmingCharacters(in: .newlines)
    }

    /// Lets commits wait for a standby that does not exist, and returns once they do; or no longer.
    package func awaitStandby(_ waits: Bool) async throws {
        _ = try await run("ALTER SYSTEM SET synchronous_standby_names = '\(waits ? "nobody" : "")'")
        _ = try await run("SELECT pg_reload_conf()")
        // The processes of the server hear of it one after the other: only a commit that waits shows that all have.
        while waits, try await !commitWaits() {}
    }

    /// Ends each wait of a commit for a standby by a call, such as `pg_cancel_backend(pid)`. Says how many there were.
    ///
    /// Pauses first: callers look again and again, and each look is a process.
    package func endWaits(_ call: String) async throws -> Int {
        try await Task.sleep(for: .milliseconds(50))
        let ended = try await run("SELECT \(call) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
        return ended.split(separator: "\n").count
    }

    /// Makes a commit, and says whether somebody had to end its wait for a standby.
    private func commitWaits() async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                _ = try await self.run("SELECT pg_logical_emit_message(true, 'test', '')")
                return false
            }
            group.addTask {
                while !Task.isCancelled { if try await self.endWaits("pg_cancel_backend(pid)") > 0 { return true } }
                return false
            }
            let waits = try await group.next() ?? false
            group.cancelAll()
            return waits
        }
    }

    private static let scriptPath = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "scripts/throwaway-postgres").path
}

/// Waits for a child on a thread of its own, because that blocks.
private func end(of pid: pid_t) async -> CInt {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread {
            var status: CInt = 0
            waitpid(pid, &status, 0)
            continuation.resume(returning: status)
        }
    }
}
