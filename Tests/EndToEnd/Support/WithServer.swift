import TestSupport
import Testing

/// Runs a test against a server of its own, which is gone afterwards.
///
/// A server that no longer answers when the test is done fails the test, unless the test has told it to end.
func withServer<Result>(
    _ settings: Settings = [:], in folder: TemporaryFolder? = nil, port: Int = 0, under launcher: [String] = [],
    _ body: (ServerProcess) async throws -> Result
) async throws -> Result {
    try await throughGate {
        try await judge(.start(settings, in: folder, port: port, under: launcher), body)
    }
}

/// The same with the text of a configuration, which reads no variables.
func withServer<Result>(
    yaml: String, in folder: TemporaryFolder? = nil, _ body: (ServerProcess) async throws -> Result
) async throws -> Result {
    try await throughGate { try await judge(.start(yaml: yaml, in: folder ?? TemporaryFolder()), body) }
}

private func throughGate<Result>(_ body: () async throws -> Result) async throws -> Result {
    await Gate.servers.enter()
    do {
        let result = try await body()
        await Gate.servers.leave()
        return result
    } catch {
        await Gate.servers.leave()
        throw error
    }
}

/// Runs a test, and shows the server's log if it throws.
private func judge<Result>(
    _ server: ServerProcess, _ body: (ServerProcess) async throws -> Result
) async throws -> Result {
    do {
        let result = try await body(server)
        if !server.wasSignalled { try await server.mustAnswer() }
        return result
    } catch {
        Issue.record("the server's log ends with:\n\(server.log.suffix(2_000))")
        throw error
    }
}

extension ServerProcess {
    /// Throws unless a new connection gets an answer.
    func mustAnswer() async throws {
        let health = try await http("GET", "/health/live")
        guard health.status == 200 else { throw Failure("the server is not alive: \(health)") }
    }
}

/// Lets a few through at a time, so that deadlines mean something on a small machine.
actor Gate {
    static let servers = Gate(places: 4)

    private var places: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(places: Int) {
        self.places = places
    }

    func enter() async {
        if places > 0 {
            places -= 1
        } else {
            await withCheckedContinuation { queue.append($0) }
        }
    }

    func leave() {
        if queue.isEmpty {
            places += 1
        } else {
            queue.removeFirst().resume()
        }
    }
}
