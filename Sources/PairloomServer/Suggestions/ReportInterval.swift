/// Keeps a failure that repeats from filling the log.
struct ReportInterval: Sendable {
    /// The least time between two reports.
    let interval: Duration
    private var lastReport: ContinuousClock.Instant?
    private var silentCount = 0

    init(interval: Duration) {
        self.interval = interval
    }

    /// Whether the next failure is reported.
    func hasPassed(at now: ContinuousClock.Instant) -> Bool {
        lastReport.map { now - $0 >= interval } ?? true
    }

    /// Counts a failure.
    ///
    /// Returns how many were kept silent since the last report if this one is to be reported, nil if it is not.
    mutating func note(at now: ContinuousClock.Instant) -> Int? {
        if !hasPassed(at: now) {
            silentCount += 1
            return nil
        }
        defer { silentCount = 0 }
        lastReport = now
        return silentCount
    }
}
