import NIOCore
import Synchronization

/// How many more rooms may be made, by all clients together.
final class RoomAllowance: Sendable {
    /// Nil when there is no bound.
    private let bucket: Mutex<TokenBucket>?

    /// - Parameter perMinute: 0 for no bound.
    init(perMinute: Int, now: NIODeadline = .now()) {
        guard perMinute > 0 else {
            bucket = nil
            return
        }
        let rooms = Double(perMinute)
        bucket = Mutex(TokenBucket(capacity: rooms, refillPerSecond: rooms / 60, now: now))
    }

    /// Takes one; if there is none, returns how long to wait for the next.
    func take(now: NIODeadline) -> TimeAmount? {
        bucket?.withLock { bucket in bucket.take(now: now) ? nil : bucket.wait(now: now) }
    }
}
