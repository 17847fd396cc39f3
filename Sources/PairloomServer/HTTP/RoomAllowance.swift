import NIOCore
import Synchronization

/// How many more rooms may be made, by all clients together.
final class RoomAllowance: Sendable {
    /// The bound that holds, and what is left of it; nil as long as nobody made a room.
    private let state = Mutex<(perMinute: Int, bucket: TokenBucket)?>(nil)

    /// Takes one; if there is none, returns how long to wait for the next.
    ///
    /// - Parameter perMinute: 0 for no bound. Another number than before begins anew.
    func take(of perMinute: Int, now: NIODeadline) -> TimeAmount? {
        guard perMinute > 0 else { return nil }
        return state.withLock { state in
            let rooms = Double(perMinute)
            var bucket =
                state.flatMap { $0.perMinute == perMinute ? $0.bucket : nil }
                ?? TokenBucket(capacity: rooms, refillPerSecond: rooms / 60, now: now)
            defer { state = (perMinute, bucket) }
            return bucket.take(now: now) ? nil : bucket.wait(now: now)
        }
    }
}
