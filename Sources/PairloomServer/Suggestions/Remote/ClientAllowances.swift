import NIOCore

/// How many questions each client may still ask. A value.
struct ClientAllowances: Sendable {
    /// So many clients are known; of more, those are forgotten that have their whole allowance again, or else any.
    static let capacity = 4_096

    private let perMinute: Int
    private var buckets: [String: TokenBucket] = [:]
    private var lookedThrough: NIODeadline?

    /// How many clients are known.
    var count: Int { buckets.count }

    /// - Parameter perMinute: 0 for no bound.
    init(perMinute: Int) {
        self.perMinute = perMinute
    }

    /// Takes one question of a client; false when it has none left. A client that is not known has no bound.
    mutating func take(_ client: String?, at now: NIODeadline) -> Bool {
        guard perMinute > 0, let client else { return true }
        if buckets[client] == nil, buckets.count >= Self.capacity { makeRoom(at: now) }
        let fresh = freshBucket(at: now)
        return buckets[client, default: fresh].take(now: now)
    }

    private func freshBucket(at now: NIODeadline) -> TokenBucket {
        let most = Double(perMinute)
        return TokenBucket(capacity: max(1, most / 4), refillPerSecond: most / 60, now: now)
    }

    private mutating func makeRoom(at now: NIODeadline) {
        // Seldom, since it looks at all of them.
        if lookedThrough.map({ now - $0 >= .seconds(1) }) ?? true {
            lookedThrough = now
            buckets = buckets.filter { !$0.value.isFull(at: now) }
        }
        if buckets.count >= Self.capacity { buckets.remove(at: buckets.startIndex) }
    }
}
