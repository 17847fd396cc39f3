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

/// Neither traps, whatever a clock says: what would be past an end of `Int64` is that end.
extension Timestamp {
    /// This moment and a span more.
    func advanced(by span: Duration) -> Timestamp {
        let (sum, isPastEnd) = milliseconds.addingReportingOverflow(span.wholeMilliseconds)
        return Timestamp(milliseconds: isPastEnd ? (span < .zero ? .min : .max) : sum)
    }

    /// The span from an earlier moment to this one.
    func since(_ earlier: Timestamp) -> Duration {
        .milliseconds(milliseconds) - .milliseconds(earlier.milliseconds)
    }
}

extension Duration {
    /// The whole milliseconds of the span; of a longer one than `Int64` can tell, as many as it can.
    package var wholeMilliseconds: Int64 {
        let span = max(.milliseconds(Int64.min), min(self, .milliseconds(Int64.max)))
        let (seconds, attoseconds) = span.components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
