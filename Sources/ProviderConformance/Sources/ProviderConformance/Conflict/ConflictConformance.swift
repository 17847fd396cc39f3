public import ProviderKit
public import Testing

/// The conformance suite of ``ProviderKit/ConflictPolicy``: one clause for each of its guarantees.
///
/// Run it against your policy:
/// ```swift
/// @Test(arguments: ConflictConformance.clauses(for: .transform))
/// func conforms(to clause: ConflictConformance.Clause) throws {
///     try clause.check(MyPolicy())
/// }
/// ```
/// The clauses share random situations that are the same in every run; a failure names the seed of its situation.
public enum ConflictConformance {
    /// One guarantee, in the words of the contract.
    public struct Clause: Sendable, CustomTestStringConvertible {
        /// The guarantee.
        public let name: String
        /// Records an issue wherever a policy breaks the guarantee.
        public let check: @Sendable (any ConflictPolicy) throws -> Void

        /// The name, for the test's report.
        public var testDescription: String { name }
    }

    /// The clauses of every policy, and those of what the policy does with stale edits.
    ///
    /// - Parameter refusingSome: whether a policy that transforms rejects some of the stale edits. Of others it says nothing.
    public static func clauses(for staleEdits: StaleEdits, refusingSome: Bool = false) -> [Clause] {
        switch staleEdits {
        case .overwrite: common + overwriting
        case .refuse: common + refusing
        case .transform: common + (refusingSome ? transformingSome : transforming)
        }
    }

    private static let common: [Clause] = [
        Clause(name: "the same edit against the same history gets the same resolution", check: isPure),
        Clause(name: "a change to apply is made on the current text", check: appliesToCurrentText),
        Clause(name: "a change to apply changes the text", check: appliesWhatChangesTheText),
        Clause(name: "a change to apply leaves the text well-formed", check: keepsTextWellFormed),
        Clause(name: "a change that would leave the text as it is gets .unchanged", check: ignoresIdleChanges),
        Clause(name: "a whole text that stands already gets .unchanged", check: ignoresTextThatStands),
        Clause(name: "a change made on the newest revision is applied as it is", check: appliesNewestChange),
        Clause(name: "a whole text made on the newest revision is applied as it is", check: appliesNewestText),
        Clause(name: "a change made on an unknown revision is rejected as such", check: rejectsUnknownRevisions),
    ]

    private static let overwriting: [Clause] = [
        Clause(name: "a whole text stands whatever it was made on", check: overwritesWithTexts),
        Clause(name: "a stale change stands as the whole text that its author saw", check: overwritesWithChanges),
    ]

    private static let refusing: [Clause] = [
        Clause(name: "an edit made on an older revision is rejected as a conflict", check: refusesStaleEdits),
        Clause(name: "an edit whose revision nobody knows is rejected as a conflict", check: refusesUntoldRevisions),
        Clause(name: "of edits made on one revision exactly one is applied", check: appliesOneOfMany),
        Clause(name: "an author that tries again on the newest revision gets through", check: appliesRetries),
    ]

    private static let transforming: [Clause] = [
        Clause(name: "a stale change is applied as transformed over what happened since", check: transformsChanges),
        Clause(name: "a stale whole text counts as the change that its author made", check: transformsTexts),
        Clause(name: "of two insertions at one place, the one in the log stands left", check: keepsOrderOfInsertions),
        Clause(name: "authors that transform as the policy does end with its text", check: converges),
    ]

    private static let transformingSome: [Clause] = [
        Clause(
            name: "a stale change is applied as transformed over what happened since, or rejected as a conflict",
            check: transformsSomeChanges),
        Clause(
            name: "a stale whole text counts as the change that its author made, or is rejected as a conflict",
            check: transformsSomeTexts),
        Clause(name: "an author that tries again on the newest revision gets through", check: appliesRetries),
    ]
}
