import Synchronization

/// A call and whoever waits for its result.
final class PendingCall<Value: Sendable>: QueuedCall {
    typealias Outcome = Result<Value, PostgresFailure>
    typealias Body = @Sendable (Connection) throws(PostgresFailure) -> Value

    /// What is done on a connection.
    let body: Body
    /// Whether it may be done again when the connection is lost meanwhile.
    let isRepeatable: Bool

    private let waiting = Mutex<CheckedContinuation<Outcome, Never>?>(nil)

    init(isRepeatable: Bool, _ body: @escaping Body) {
        self.isRepeatable = isRepeatable
        self.body = body
    }

    /// Says who waits. To be called once, before the call is queued.
    func answer(to continuation: CheckedContinuation<Outcome, Never>) {
        waiting.withLock { $0 = continuation }
    }

    func perform(by worker: PoolWorker) {
        resume(with: worker.outcome(of: self))
    }

    func refuse(_ failure: PostgresFailure) {
        resume(with: .failure(failure))
    }

    private func resume(with outcome: Outcome) {
        waiting.withLock { $0.take() }?.resume(returning: outcome)
    }
}
