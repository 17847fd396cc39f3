import NIOCore

/// A bound on how often something may happen: on average so many times a second, and up to a capacity at once.
struct TokenBucket: Sendable {
    private let capacity: Double
    private let refillPerSecond: Double
    private var tokens: Double
    private var filled: NIODeadline

    /// A full bucket.
    init(capacity: Double, refillPerSecond: Double, now: NIODeadline) {
        self.capacity = capacity
        self.refillPerSecond = refillPerSecond
        tokens = capacity
        filled = now
    }

    /// Takes a token; false when there is none.
    mutating func take(now: NIODeadline) -> Bool {
        refill(now: now)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }

    /// How long until there is a token again.
    mutating func wait(now: NIODeadline) -> TimeAmount {
        refill(now: now)
        guard tokens < 1 else { return .zero }
        return .nanoseconds(Int64((1 - tokens) / refillPerSecond * 1e9))
    }

    /// Whether nothing of it is in use.
    func isFull(at now: NIODeadline) -> Bool {
        var bucket = self
        bucket.refill(now: now)
        return bucket.tokens >= capacity
    }

    private mutating func refill(now: NIODeadline) {
        let elapsed = Double((now - filled).nanoseconds) / 1e9
        tokens = min(capacity, tokens + elapsed * refillPerSecond)
        filled = now
    }
}
