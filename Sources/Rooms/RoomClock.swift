package import ProviderKit

/// The time, and waiting for it to pass: real in a server, simulated in a test.
package struct RoomClock: Sendable {
    /// The time of day.
    package let now: @Sendable () -> Timestamp
    /// Waits; returns early, by throwing, when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }
}

extension Timestamp {
    /// This moment and a span more.
    func advanced(by span: Duration) -> Timestamp {
        Timestamp(milliseconds: milliseconds + Int64(span / .milliseconds(1)))
    }

    /// The span from an earlier moment to this one.
    func since(_ earlier: Timestamp) -> Duration {
        .milliseconds(milliseconds - earlier.milliseconds)
    }
}
