import Foundation

extension Duration {
    /// How long an outage lasts at the least: `PAIRLOOM_TEST_OUTAGE` in seconds, for runs by hand; else no longer than
    /// it takes to see what happens.
    static let byHand = Duration.seconds(
        ProcessInfo.processInfo.environment["PAIRLOOM_TEST_OUTAGE"].flatMap { Int($0) } ?? 0)
}
