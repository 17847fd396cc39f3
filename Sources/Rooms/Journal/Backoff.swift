/// Pauses between tries: each twice as long as the one before, up to a bound, each a little random, so that several
/// servers do not try in step.
struct Backoff {
    private var pause = Duration.milliseconds(50)
    private let longest = Duration.seconds(2)

    mutating func next() -> Duration {
        defer { pause = min(pause * 2, longest) }
        return pause * Double.random(in: 0.75...1.25)
    }
}
