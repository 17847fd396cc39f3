import Logging
import ProviderKit

/// Which failures of a provider are told to the operator: one that only he can mend once, others now and then.
struct FailureReports: Sendable {
    struct Report: Sendable, Equatable {
        let level: Logger.Level
        /// How many failures were kept silent since the last report.
        let silent: Int
    }

    private var interval = ReportInterval(interval: .seconds(60))
    private var told: Set<String> = []

    /// Notes an answer: what was wrong is mended, and will be told again should it come back.
    mutating func noteAnswer() {
        if !told.isEmpty { told.removeAll() }
    }

    /// What to tell of a failure; nil when it is kept silent.
    mutating func note(_ error: AutocompleteError, at now: ContinuousClock.Instant) -> Report? {
        switch error.code {
        case .cancelled, .closed:
            return nil
        case .unauthorized, .misconfigured:
            return told.insert(error.message).inserted ? Report(level: .error, silent: 0) : nil
        case .unavailable, .timedOut:
            return interval.note(at: now).map { Report(level: .warning, silent: $0) }
        }
    }
}
