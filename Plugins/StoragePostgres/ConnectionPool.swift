import Foundation
import ProviderKit
import Synchronization

/// Runs calls on a few connections, each of which has a thread of its own.
final class ConnectionPool: Sendable {
    private struct State {
        /// How many threads have not ended.
        var workers: Int
        var whenAllHaveEnded: CheckedContinuation<Void, Never>?
    }

    private let queue = CallQueue()
    private let interrupt: Interrupt
    private let state: Mutex<State>

    /// A pool whose connections are opened when they are first needed.
    ///
    /// It has to be closed: its threads keep it alive.
    init(
        _ settings: ConnectionSettings, connections: Int, log: @escaping @Sendable (LogLevel, String) -> Void
    ) throws(PostgresFailure) {
        interrupt = try Interrupt()
        state = Mutex(State(workers: connections))
        let reconnection = Reconnection(settings, log: log)
        for _ in 0..<connections {
            Thread.detachNewThread { [self] in
                Thread.current.name = "postgres"
                PoolWorker(settings, reconnection, interrupt).work(on: queue)
                workerEnded()
            }
        }
    }

    /// How many calls wait for a connection.
    var waitingCalls: Int { queue.count }

    /// Runs a call that changes something: once.
    ///
    /// Waits its turn. When the task is canceled before, the call is not begun and throws `.cancelled`.
    func write<Value: Sendable>(
        _ body: @escaping PendingCall<Value>.Body
    ) async throws(PostgresFailure) -> Value {
        try await run(PendingCall(isRepeatable: false, body))
    }

    /// Runs a call that only reads, or does no harm twice: it is done again if the connection is lost meanwhile.
    ///
    /// Waits its turn. When the task is canceled before, the call is not begun and throws `.cancelled`.
    func read<Value: Sendable>(
        _ body: @escaping PendingCall<Value>.Body
    ) async throws(PostgresFailure) -> Value {
        try await run(PendingCall(isRepeatable: true, body))
    }

    /// Refuses the calls that wait, ends attempts to connect, and returns when the calls under way have ended and all
    /// connections are closed. A second time it does nothing.
    func close() async {
        guard queue.close() else { return }
        stopConnecting()
        await withCheckedContinuation { continuation in
            let haveEnded = state.withLock { state in
                if state.workers > 0 { state.whenAllHaveEnded = continuation }
                return state.workers == 0
            }
            if haveEnded { continuation.resume() }
        }
    }

    /// Ends the attempts to connect, and those that come, with `.closed`.
    func stopConnecting() {
        interrupt.raise()
    }

    private func run<Value>(_ call: PendingCall<Value>) async throws(PostgresFailure) -> Value {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                call.answer(to: continuation)
                queue.add(call)
                // The handler below may have run when there was nothing to take back yet.
                if Task.isCancelled { cancel(call) }
            }
        } onCancel: {
            cancel(call)
        }
        return try outcome.get()
    }

    private func cancel(_ call: any QueuedCall) {
        if queue.remove(call) { call.refuse(.cancelled) }
    }

    private func workerEnded() {
        let whenAllHaveEnded = state.withLock { state in
            state.workers -= 1
            return state.workers == 0 ? state.whenAllHaveEnded.take() : nil
        }
        whenAllHaveEnded?.resume()
    }
}
