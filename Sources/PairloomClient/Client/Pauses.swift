/// Pauses between tries, each about twice as long as the one before, up to a bound.
///
/// They are a little random, so that clients who lost one server do not come back in step.
package struct Pauses: Sendable, Hashable {
    package let shortest: Duration
    package let longest: Duration
    private var doublings = 0

    package init(shortest: Duration, longest: Duration) {
        self.shortest = shortest
        self.longest = longest
    }

    /// The next pause: between half of its full length and all of it.
    mutating func next() -> Duration {
        let full = min(shortest * (1 << doublings), longest)
        doublings = min(doublings + 1, 20)
        return full * Double.random(in: 0.5...1)
    }

    /// A pause of about the longest kind.
    func nextLongest() -> Duration {
        longest * Double.random(in: 0.5...1)
    }

    /// Begins with the shortest pause again.
    mutating func reset() {
        doublings = 0
    }
}
