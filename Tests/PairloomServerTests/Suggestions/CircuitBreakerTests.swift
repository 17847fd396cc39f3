import NIOCore
import ProviderKit
import Testing

@testable import PairloomServer

@Suite("A service that fails is left alone for a while")
struct CircuitBreakerTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func failure(_ code: AutocompleteError.Code = .unavailable, after: Duration? = nil) -> AutocompleteError {
        AutocompleteError(code, "down", retryAfter: after)
    }

    @Test("for ten minutes at the most, and a second at the least, whatever it asks for")
    func asksForAnyPause() {
        let centuries = Duration(secondsComponent: .max, attosecondsComponent: 0)
        for (asked, seconds) in [(centuries * 15, 600), (centuries, 600), (.zero - centuries * 15, 1), (.zero, 1)] {
            let breaker = Mutable(GuardedService())
            #expect(breaker { $0.admits(at: start) })
            breaker { $0.settle(failure(after: asked), at: start) }
            let end = start + .seconds(Int64(seconds))
            #expect(!breaker { $0.admits(at: end - .nanoseconds(1)) })
            #expect(breaker { $0.admits(at: end) })
        }
    }

    @Test("for as long as it asks for, from its first word on", arguments: [1, 26, 600])
    func asksForAPause(seconds: Int) {
        let breaker = Mutable(GuardedService())
        #expect(breaker { $0.admits(at: start) })
        breaker { $0.settle(failure(after: .seconds(seconds)), at: start) }
        let end = start + .seconds(Int64(seconds))
        #expect(!breaker { $0.admits(at: end - .nanoseconds(1)) })
        #expect(breaker { $0.admits(at: end) })
    }

    @Test("but not for longer than ten minutes, and not shorter than a second")
    func boundsThePause() {
        let breaker = Mutable(GuardedService())
        breaker { $0.settle(failure(after: .seconds(86_400)), at: start) }
        #expect(!breaker { $0.admits(at: start + .minutes(9)) })
        #expect(breaker { $0.admits(at: start + .minutes(10)) })
        let other = Mutable(GuardedService())
        other { $0.settle(failure(after: .zero), at: start) }
        #expect(!other { $0.admits(at: start + .milliseconds(999)) })
    }

    @Test(
        "when it does not say how long, only after three failures in a row",
        arguments: [
            AutocompleteError.Code.unavailable, .timedOut,
        ])
    func waitsForThreeFailures(code: AutocompleteError.Code) {
        let breaker = Mutable(GuardedService())
        for _ in 1...2 { breaker { $0.settle(failure(code), at: start) } }
        breaker { $0.settle(nil, at: start) }
        for _ in 1...2 { breaker { $0.settle(failure(code), at: start) } }
        #expect(breaker { $0.admits(at: start) })
        breaker { $0.settle(failure(code), at: start) }
        #expect(!breaker { $0.admits(at: start) })
        #expect(breaker { $0.admits(at: start + CircuitBreaker.shortestPause) })
    }

    @Test("then one request tries it, and the pause doubles up to a minute while that fails")
    func triesWithOne() {
        let breaker = Mutable(GuardedService())
        for _ in 1...3 { breaker { $0.settle(failure(), at: start) } }
        var now = start
        for seconds: Int64 in [5, 10, 20, 40, 60, 60] {
            now = now + .seconds(seconds)
            #expect(!breaker { $0.isClosed(at: now - .nanoseconds(1)) })
            #expect(breaker { $0.admits(at: now) })
            #expect(!breaker { $0.admits(at: now) }, "only one is the trial")
            breaker { $0.settle(failure(), at: now) }
        }
        now = now + .seconds(60)
        #expect(breaker { $0.admits(at: now) })
        breaker { $0.settle(nil, at: now) }
        #expect(breaker { $0.admits(at: now) } && breaker { $0.admits(at: now) })
    }

    @Test("a trial that was given up is followed by another")
    func cancelledTrial() {
        let breaker = Mutable(GuardedService())
        breaker { $0.settle(failure(after: .seconds(5)), at: start) }
        let later = start + .seconds(5)
        #expect(breaker { $0.admits(at: later) })
        breaker { $0.settle(failure(.cancelled), at: later) }
        #expect(breaker { $0.admits(at: later) })
    }

    @Test("requests that were given up say nothing of the service")
    func cancellations() {
        let breaker = Mutable(GuardedService())
        for _ in 1...100 { breaker { $0.settle(failure(.cancelled), at: start) } }
        #expect(breaker { $0.admits(at: start) })
    }

    @Test(
        "what only the operator can mend is tried every five minutes",
        arguments: [
            AutocompleteError.Code.unauthorized, .misconfigured,
        ])
    func operatorsFault(code: AutocompleteError.Code) {
        let breaker = Mutable(GuardedService())
        breaker { $0.settle(failure(code), at: start) }
        #expect(!breaker { $0.admits(at: start + .seconds(299)) })
        #expect(breaker { $0.admits(at: start + .minutes(5)) })
    }

    @Test("answers to older requests do not end a pause, and shorter pauses do not shorten it")
    func stragglers() {
        let breaker = Mutable(GuardedService())
        breaker { $0.settle(failure(after: .seconds(30)), at: start) }
        breaker { $0.settle(nil, at: start) }
        breaker { $0.settle(failure(), at: start) }
        breaker { $0.settle(failure(after: .seconds(2)), at: start) }
        #expect(!breaker { $0.admits(at: start + .seconds(29)) })
    }

    @Test("an older request that ends during a trial neither ends it nor lets another through")
    func olderRequests() throws {
        for error in [nil, failure(), failure(.cancelled)] {
            var breaker = CircuitBreaker()
            let oldPass = breaker.admit(at: start)
            let old = try #require(oldPass)
            let refusedPass = breaker.admit(at: start)
            let refused = try #require(refusedPass)
            breaker.settle(failure(after: .seconds(1)), refused, at: start)
            let later = start + .seconds(1)
            let trialPass = breaker.admit(at: later)
            let trial = try #require(trialPass)
            breaker.settle(error, old, at: later)
            let isTrial = breaker.admit(at: later) == nil
            #expect(isTrial)
            breaker.settle(nil, trial, at: later)
            let isClosed = breaker.isClosed(at: later)
            #expect(isClosed)
        }
    }
}

/// A breaker, and the requests that it let through.
private struct GuardedService {
    private var breaker = CircuitBreaker()
    private var passes: [CircuitBreaker.Pass] = []
    private var last: CircuitBreaker.Pass?

    func isClosed(at now: NIODeadline) -> Bool { breaker.isClosed(at: now) }

    mutating func admits(at now: NIODeadline) -> Bool {
        guard let pass = breaker.admit(at: now) else { return false }
        passes.append(pass)
        last = pass
        return true
    }

    /// Ends the newest request; when none is under way, one that was let through just now, or else before.
    mutating func settle(_ error: AutocompleteError?, at now: NIODeadline) {
        if passes.isEmpty, !admits(at: now), let last { passes.append(last) }
        if let pass = passes.popLast() { breaker.settle(error, pass, at: now) }
    }
}
