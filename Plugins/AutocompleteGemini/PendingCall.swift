import Foundation
import Synchronization

/// A request and whoever waits for the reply.
final class PendingCall: Sendable {
    typealias Outcome = Result<HTTPReply, TransferFailure>

    let body: Data
    let deadline: ContinuousClock.Instant

    private let waiting = Mutex<CheckedContinuation<Outcome, Never>?>(nil)

    init(body: Data, deadline: ContinuousClock.Instant) {
        self.body = body
        self.deadline = deadline
    }

    /// Says who waits. To be called once, before the call is passed on.
    func answer(to continuation: CheckedContinuation<Outcome, Never>) {
        waiting.withLock { $0 = continuation }
    }

    /// Answers whoever waits; a second time it does nothing.
    func resume(with outcome: Outcome) {
        let continuation = waiting.withLock { $0.take() }
        continuation?.resume(returning: outcome)
    }
}
