import Foundation
import NIOCore
import Synchronization
import TestSupport

/// A `pairloom` server in a process of its own, with a configuration and a folder of its own.
final class ServerProcess: Sendable {
    /// The line with which the server said that it is ready.
    let greeting: String
    let port: Int
    let folder: TemporaryFolder
    private let child: ChildProcess
    private let signalled = Atomic(false)

    var pid: Int32 { child.pid }
    /// Everything that the server has logged.
    var log: String { folder.read("log") }

    /// Starts a server and returns once it has said that it is ready.
    ///
    /// - Parameters:
    ///   - folder: where the configuration, the log and a database go; one that another server has left, to start again
    ///     with the same rooms.
    ///   - port: where to listen; 0 for a port that is free.
    ///   - launcher: a command that starts the one which follows it, in the same process.
    static func start(
        _ settings: Settings = [:], in folder: TemporaryFolder? = nil, port: Int = 0, under launcher: [String] = []
    ) async throws -> ServerProcess {
        let folder = try folder ?? TemporaryFolder()
        return try await start(
            yaml: settings.yaml, in: folder, port: port, under: launcher,
            environment: settings.environment(in: folder))
    }

    /// The same with the text of a configuration.
    static func start(
        yaml: String, in folder: TemporaryFolder, port: Int = 0, under launcher: [String] = [],
        environment: [String: String] = [:]
    ) async throws -> ServerProcess {
        let config = try folder.write(yaml, to: "config.yaml")
        let output = try LineReader(in: folder)
        let command = try launcher + [Products.pairloom().path, "serve", "--config", config.path, "--port", "\(port)"]
        let child = try ChildProcess(
            URL(filePath: command[0]), Array(command.dropFirst()), environment: environment,
            output: output.path, errors: folder.path("log"))
        let greeting = try await output.start().get(awaiting: "the server to say that it is ready")
        if greeting.isEmpty { throw Failure("the server did not start:\n\(folder.read("log"))") }
        return try ServerProcess(greeting: greeting, folder: folder, child: child)
    }

    private init(greeting: String, folder: TemporaryFolder, child: ChildProcess) throws {
        let address = greeting.firstMatch(of: #/ is ready at http:\/\/127\.0\.0\.1:(\d+) /#)
        guard let port = address.flatMap({ Int($0.1) }) else {
            throw Failure("no address in \"\(greeting)\"")
        }
        self.greeting = greeting
        self.port = port
        self.folder = folder
        self.child = child
    }

    /// Whether the test has sent a signal, so that the server's end is no surprise.
    var wasSignalled: Bool { signalled.load(ordering: .relaxed) }

    /// Sends SIGTERM, SIGKILL or another signal.
    func send(_ signal: Int32) {
        signalled.store(true, ordering: .relaxed)
        child.send(signal)
    }

    /// Sends SIGHUP, which asks the server to read its configuration again.
    func hangUp() {
        child.send(SIGHUP)
    }

    /// Waits for the server's end.
    func exit(within limit: TimeAmount = patience) async throws -> ChildProcess.Exit {
        try await child.exit.get(within: limit, awaiting: "the server to end")
    }

    /// Asks the server to end, as a supervisor does, and waits until it has.
    @discardableResult
    func stop() async throws -> ChildProcess.Exit {
        send(SIGTERM)
        return try await exit()
    }
}
