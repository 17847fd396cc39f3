import ProviderKit
import Synchronization

/// What the workers of a pool know of a server that cannot be reached: attempts to connect are rare then, and calls
/// fail at once in between.
final class Reconnection: Sendable {
    /// Since an attempt has failed, until one succeeds.
    private struct Outage {
        var failures: Int
        var reason: PostgresFailure
        var nextAttempt: ContinuousClock.Instant
    }

    private let outage = Mutex<Outage?>(nil)
    /// Whether there was a connection at any time.
    private let hasSucceeded = Atomic(false)
    private let settings: ConnectionSettings
    private let log: @Sendable (LogLevel, String) -> Void

    init(_ settings: ConnectionSettings, log: @escaping @Sendable (LogLevel, String) -> Void) {
        self.settings = settings
        self.log = log
    }

    /// Begins an attempt, or throws why the last one failed when it is too early for another.
    func begin() throws(PostgresFailure) {
        try outage.withLock { outage throws(PostgresFailure) in
            guard let current = outage else { return }
            guard current.nextAttempt <= .now else { throw current.reason }
            // Until this attempt has ended, the others fail at once.
            outage?.nextAttempt = .now + settings.connectTimeout
        }
    }

    func succeeded() {
        hasSucceeded.store(true, ordering: .relaxed)
        guard outage.withLock({ $0.take() }) != nil else { return }
        log(.info, "\(settings.address): PostgreSQL can be reached again.")
    }

    func failed(_ reason: PostgresFailure) {
        guard reason != .closed else { return }
        let isFirst = outage.withLock { outage in
            let failures = (outage?.failures ?? 0) + 1
            outage = Outage(failures: failures, reason: reason, nextAttempt: .now + delay(after: failures))
            return failures == 1
        }
        // What keeps a server from starting for good is told by its end.
        guard reason.isTransient || hasSucceeded.load(ordering: .relaxed) else { return }
        if isFirst { log(.warning, "\(settings.address): \(StorageError(reason))") }
    }

    /// 50 ms, twice as long after each failure up to 2 s, and up to half of that less, so that servers do not come all
    /// at once. Shorter where `connect_timeout` is: a server that starts must not sleep through the time that it has.
    private func delay(after failures: Int) -> Duration {
        let longest = min(.seconds(2), settings.connectTimeout / 5)
        return min(longest, .milliseconds(50) * (1 << min(failures - 1, 10))) * Double.random(in: 0.5...1)
    }
}
