import NIOCore
import ProviderKit

/// What is asked of remote providers: answers that are known, bounds, and who is left alone for a while. A value.
struct RemoteRequests: Sendable {
    enum Admission: Sendable, Equatable {
        /// The same was asked a moment ago; nil when there was nothing to say.
        case known(String?)
        case refused
        /// It may be asked, and ``settle(_:_:_:at:)`` has to be called.
        case admitted(CircuitBreaker.Pass)
    }

    private let limits: RemoteLimits
    private var breakers: [CircuitBreaker]
    private var answers: AnswerCache
    private var allowances: ClientAllowances
    private(set) var inFlight = 0

    /// - Parameter links: how many providers there are.
    init(links: Int, limits: RemoteLimits) {
        self.limits = limits
        breakers = Array(repeating: CircuitBreaker(), count: links)
        answers = AnswerCache(capacity: limits.cache)
        allowances = ClientAllowances(perMinute: limits.perMinute)
    }

    /// Whether a question may be asked.
    mutating func admit(_ question: RemoteQuestion, of client: String?, at now: NIODeadline) -> Admission {
        if let answer = answers.answer(to: question, at: now) { return .known(answer) }
        guard inFlight < limits.inFlight, breakers[question.link].isClosed(at: now),
            allowances.take(client, at: now), let pass = breakers[question.link].admit(at: now)
        else { return .refused }
        inFlight += 1
        return .admitted(pass)
    }

    /// Notes what became of a question that was admitted.
    mutating func settle(
        _ question: RemoteQuestion, _ outcome: SuggestionOutcome, _ pass: CircuitBreaker.Pass, at now: NIODeadline
    ) {
        inFlight -= 1
        breakers[question.link].settle(outcome.error, pass, at: now)
        switch outcome {
        case .suggested(let text): answers.keep(text, for: question, at: now)
        case .nothing: answers.keep(nil, for: question, at: now)
        case .known, .refused, .failed: break
        }
    }
}

extension SuggestionOutcome {
    fileprivate var error: AutocompleteError? {
        if case .failed(let error) = self { error } else { nil }
    }
}
