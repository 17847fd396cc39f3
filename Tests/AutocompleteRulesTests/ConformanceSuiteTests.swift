import ProviderConformance
import ProviderKit
import Synchronization
import Testing

/// The conformance suite finds the faults that it is there for.
@Suite struct ConformanceSuiteTests {
    @Test(arguments: BrokenProvider.Fault.allCases)
    func aBrokenProviderDoesNotPass(_ fault: BrokenProvider.Fault) async throws {
        let clause = try #require(AutocompleteConformance.clauses.first { $0.name == fault.rawValue })
        await withKnownIssue {
            try await clause.check { BrokenProvider(fault: fault) }
        }
    }

    @Test(arguments: AutocompleteConformance.clauses)
    func aProviderWithNothingToSayPasses(_ clause: AutocompleteConformance.Clause) async throws {
        try await clause.check { BrokenProvider(fault: nil) }
    }
}

/// A provider that breaks one clause of its contract.
final class BrokenProvider: AutocompleteProvider {
    /// A fault, by the name of the clause that it breaks.
    enum Fault: String, CaseIterable {
        case suggestsNull = "the suggestion is not empty, is well-formed and has no U+0000"
        case refusesLargeText = "a large text is answered like any other"
        case failsAtDeadline = "answers by the request's deadline, if need be with .timedOut"
        case ignoresDeadline = "a deadline that has passed is answered promptly with nothing or .timedOut"
        case isOverwhelmed = "calls come from any task, several at once"
        case blamesTheServiceForCancellation = "cancelling the task ends the work promptly"
        case blamesTheDeadlineForClosing = "closing ends all work that was begun"
        case answersAfterClose = "after close every call throws .closed"
        case opensAtSecondClose = "closing twice is closing once"
    }

    private let fault: Fault?
    private let calls = Atomic(0)
    private let closings = Atomic(0)

    init(fault: Fault?) {
        self.fault = fault
    }

    var isRemote: Bool { false }

    func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion? {
        let call = calls.add(1, ordering: .relaxed).newValue
        if isClosed { throw AutocompleteError(.closed, "The provider is closed.") }
        switch fault {
        case .suggestsNull: return Completion("a\u{0}")
        case .ignoresDeadline: return Completion("late")
        case .failsAtDeadline, .blamesTheServiceForCancellation, .refusesLargeText:
            throw AutocompleteError(.unavailable, "The service failed.")
        case .isOverwhelmed where call > 1: throw AutocompleteError(.unavailable, "Too many calls.")
        case .blamesTheDeadlineForClosing: throw AutocompleteError(.timedOut, "The deadline passed.")
        default: return nil
        }
    }

    func close() async {
        closings.add(1, ordering: .relaxed)
    }

    private var isClosed: Bool {
        switch fault {
        case .answersAfterClose, .blamesTheDeadlineForClosing: false
        case .opensAtSecondClose: closings.load(ordering: .relaxed) % 2 == 1
        default: closings.load(ordering: .relaxed) > 0
        }
    }
}
