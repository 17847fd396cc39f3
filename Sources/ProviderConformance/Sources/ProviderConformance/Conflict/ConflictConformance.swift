public import ProviderKit
public import Testing

/// The conformance suite of ``ProviderKit/ConflictPolicy``: one clause for each of its guarantees.
///
/// Run it against your policy:
/// ```swift
/// @Test(arguments: ConflictConformance.clauses)
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

    /// Every clause.
    public static let clauses: [Clause] = [
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
}
