/// How the time for a suggestion is shared by those who are asked one after the other: all of it is for the first, but a
/// tenth for each that is left behind it.
struct DeadlineShares: Sendable {
    private let deadline: ContinuousClock.Instant
    private let reserve: Duration
    private let count: Int

    init(from start: ContinuousClock.Instant, to deadline: ContinuousClock.Instant, count: Int) {
        self.deadline = deadline
        self.count = count
        // With more than nine behind it, the first would have no time left.
        reserve = max(.zero, deadline - start) / max(10, 2 * count)
    }

    /// When the provider at a place in the order is given up.
    func deadline(of index: Int) -> ContinuousClock.Instant {
        deadline - reserve * (count - 1 - index)
    }
}
