import Logging
import ProviderKit
import Testing

@testable import PairloomServer

@Suite("Which failures the operator is told of")
struct FailureReportsTests {
    private let now = ContinuousClock.now

    @Test("a refused key is told once", arguments: [AutocompleteError.Code.unauthorized, .misconfigured])
    func once(code: AutocompleteError.Code) {
        let reports = Mutable(FailureReports())
        let error = AutocompleteError(code, "refused")
        #expect(reports { $0.note(error, at: now) } == .init(level: .error, silent: 0))
        #expect(reports { $0.note(error, at: now) } == nil)
        #expect(reports { $0.note(error, at: now + .seconds(86_400)) } == nil)
        let another = AutocompleteError(code, "refused for another reason")
        #expect(reports { $0.note(another, at: now) } == .init(level: .error, silent: 0))
        reports { $0.noteAnswer() }
        #expect(reports { $0.note(error, at: now) } == .init(level: .error, silent: 0))
    }

    @Test("failures that pass are told once a minute, with how many there were")
    func nowAndThen() {
        let reports = Mutable(FailureReports())
        let error = AutocompleteError(.unavailable, "down")
        #expect(reports { $0.note(error, at: now) } == .init(level: .warning, silent: 0))
        for _ in 1...7 { #expect(reports { $0.note(error, at: now + .seconds(1)) } == nil) }
        #expect(reports { $0.note(error, at: now + .seconds(60)) } == .init(level: .warning, silent: 7))
    }

    @Test("requests that were given up are nobody's fault")
    func givenUp() {
        let reports = Mutable(FailureReports())
        #expect(reports { $0.note(AutocompleteError(.cancelled, "gone"), at: now) } == nil)
    }

    @Test("the last in a chain has a tenth of the time left for each of two, and the first is not starved by many")
    func shares() {
        let end = now + .seconds(2)
        let two = DeadlineShares(from: now, to: end, count: 2)
        #expect(two.deadline(of: 1) == end)
        #expect(two.deadline(of: 0) == end - .milliseconds(200))
        let one = DeadlineShares(from: now, to: end, count: 1)
        #expect(one.deadline(of: 0) == end)
        let many = DeadlineShares(from: now, to: end, count: 20)
        #expect(many.deadline(of: 0) > now + .seconds(1))
        let past = DeadlineShares(from: end, to: now, count: 2)
        #expect(past.deadline(of: 0) == now)
    }
}
