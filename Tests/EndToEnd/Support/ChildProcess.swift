import Foundation
import NIOCore
import Synchronization
import TestSupport

/// A program that runs beside the tests, and not a moment longer than it is referred to.
final class ChildProcess: Sendable {
    /// How a program ended.
    enum Exit: Hashable, Sendable {
        case status(Int32)
        case signal(Int32)
    }

    let pid: pid_t
    /// Done when the program has ended.
    let exit: EventLoopFuture<Exit>
    /// Whether the process id still means this program.
    private let runs: RunState

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - environment: what to add to the tests' own environment.
    ///   - output: the path to which standard output is written; `errors` is that for standard error.
    init(
        _ executable: URL, _ arguments: [String], environment: [String: String] = [:], output: String, errors: String
    ) throws {
        let environment = Self.environment.merging(environment) { $1 }
        let pid = try spawn(
            executable.path, arguments, environment: environment, output: .file(output), errors: .file(errors))
        let ended = loops.any().makePromise(of: Exit.self)
        let runs = RunState()
        // `waitpid` blocks, so it gets a thread of its own.
        Thread.detachNewThread { ended.succeed(runs.waitForEnd(of: pid)) }
        self.pid = pid
        self.exit = ended.futureResult
        self.runs = runs
    }

    deinit {
        send(SIGKILL)
    }

    /// Sends a signal, if the program still runs.
    func send(_ signal: CInt) {
        runs.send(signal, to: pid)
    }

    /// The tests' environment without what would choose a provider behind their back.
    private static let environment = ProcessInfo.processInfo.environment.filter {
        !["DATABASE_URL", "GEMINI_API_KEY", "GOOGLE_API_KEY", "PORT", "PAIRLOOM_HOST"].contains($0.key)
    }
}

/// Keeps signals from a process id that may already belong to someone else.
private final class RunState: Sendable {
    private let hasEnded = Mutex(false)

    func waitForEnd(of pid: pid_t) -> ChildProcess.Exit {
        var info = siginfo_t()
        // Waits without reaping, so that the id stays taken until no signal can be on its way.
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return hasEnded.withLock { hasEnded in
            hasEnded = true
            var status: CInt = 0
            waitpid(pid, &status, 0)
            let signal = status & 0x7F
            return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
        }
    }

    func send(_ signal: CInt, to pid: pid_t) {
        hasEnded.withLock { hasEnded in
            if !hasEnded { _ = kill(pid, signal) }
        }
    }
}
