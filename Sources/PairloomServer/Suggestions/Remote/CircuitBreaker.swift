import NIOCore
import ProviderKit

/// Leaves a service alone for a while that fails, and then tries it with one request. A value.
///
/// A service that says how long it wants to be left alone is left alone so long. One that cannot serve until somebody
/// mends the configuration is tried every few minutes. Any other failure counts only when several come in a row.
struct CircuitBreaker: Sendable {
    /// So many failures in a row open it.
    static let patience = 3
    /// The first pause, which doubles with each failed trial.
    static let shortestPause = TimeAmount.seconds(5)
    static let longestPause = TimeAmount.seconds(60)
    /// The pause after a failure that only the operator can mend.
    static let pauseForOperator = TimeAmount.minutes(5)
    /// The longest time that a service may ask for.
    static let longestAsked = Duration.seconds(600)

    private enum State {
        case closed(failures: Int)
        case open(until: NIODeadline)
        /// The pause is over and one request is under way.
        case trial
    }

    private var state = State.closed(failures: 0)
    private var pause = Self.shortestPause
    /// Counts how often the state was left.
    private var era = 0

    /// Tells the requests of one state from those that were let through before it: they say nothing of it.
    struct Pass: Sendable, Hashable {
        fileprivate let era: Int
    }

    /// Whether a request would be let through.
    func isClosed(at now: NIODeadline) -> Bool {
        switch state {
        case .closed: true
        case .open(let end): now >= end
        case .trial: false
        }
    }

    /// Lets a request through, which then has to be settled; nil when none is.
    mutating func admit(at now: NIODeadline) -> Pass? {
        guard isClosed(at: now) else { return nil }
        if case .open = state { enter(.trial) }
        return Pass(era: era)
    }

    /// Notes the end of a request; `error` is nil when it was answered.
    mutating func settle(_ error: AutocompleteError?, _ pass: Pass, at now: NIODeadline) {
        if let pause = error.flatMap(Self.pause) { return open(for: pause, at: now) }
        guard pass.era == era else { return }
        switch error?.code {
        case nil:
            if case .trial = state { era += 1 }
            state = .closed(failures: 0)
            pause = Self.shortestPause
        case .cancelled, .closed:
            // It says nothing of the service: the next request is the trial.
            if case .trial = state { enter(.open(until: now)) }
        case .unauthorized, .misconfigured, .unavailable, .timedOut:
            noteFailure(at: now)
        }
    }

    /// How long a service is left alone for an error that says so by itself; nil for others.
    private static func pause(after error: AutocompleteError) -> TimeAmount? {
        switch error.code {
        case .cancelled, .closed: nil
        case .unauthorized, .misconfigured: pauseForOperator
        case .unavailable, .timedOut: error.retryAfter.map { TimeAmount(min(max($0, .seconds(1)), longestAsked)) }
        }
    }

    private mutating func noteFailure(at now: NIODeadline) {
        if case .closed(let failures) = state, failures + 1 < Self.patience {
            state = .closed(failures: failures + 1)
        } else {
            open(for: pause, at: now)
            pause = min(pause + pause, Self.longestPause)
        }
    }

    /// Opens it; what was asked for before and lasts longer stays.
    private mutating func open(for pause: TimeAmount, at now: NIODeadline) {
        if case .open(let end) = state, end > now + pause { return }
        enter(.open(until: now + pause))
    }

    private mutating func enter(_ new: State) {
        state = new
        era += 1
    }
}
