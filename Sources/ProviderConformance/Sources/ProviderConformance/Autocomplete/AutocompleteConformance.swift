public import ProviderKit
public import Testing

/// The conformance suite of ``ProviderKit/AutocompleteProvider``: one clause for each of its guarantees.
///
/// Run it against your provider:
/// ```swift
/// @Test(arguments: AutocompleteConformance.clauses)
/// func conforms(to clause: AutocompleteConformance.Clause) async throws {
///     try await clause.check { try await MyProvider() }
/// }
/// ```
/// That no call blocks its caller's thread cannot be seen from outside; it is up to the provider's own tests. Of a
/// provider that asks a service, run the suite twice: against one that answers, and against one that never does.
public enum AutocompleteConformance {
    /// Makes a provider that has been used by nobody else.
    public typealias MakeProvider = @Sendable () async throws -> any AutocompleteProvider

    /// One guarantee, in the words of the contract.
    public struct Clause: Sendable, CustomTestStringConvertible {
        /// What the provider guarantees.
        public let name: String
        private let verify: @Sendable (any AutocompleteProvider) async throws -> Void

        init(_ name: String, _ verify: @escaping @Sendable (any AutocompleteProvider) async throws -> Void) {
            self.name = name
            self.verify = verify
        }

        /// The name.
        public var testDescription: String { name }

        /// Checks the guarantee on a provider of its own, which it closes.
        ///
        /// The first breach is recorded as an issue and ends the check. Throws what `makeProvider` throws, and the
        /// provider's errors where it has to answer.
        public func check(_ makeProvider: MakeProvider) async throws {
            let provider = try await makeProvider()
            let result: Result<Void, any Error>
            do {
                result = .success(try await verify(provider))
            } catch {
                result = .failure(error)
            }
            await provider.close()
            try result.get()
        }
    }

    /// Every clause, in the order of the contract.
    public static let clauses = [
        Clause("the suggestion is not empty, is well-formed and has no U+0000", suggestsWellFormedText),
        Clause("a large text is answered like any other", answersLargeText),
        Clause("answers by the request's deadline, if need be with .timedOut", answersByDeadline),
        Clause("a deadline that has passed is answered promptly with nothing or .timedOut", heedsPassedDeadline),
        Clause("calls come from any task, several at once", answersManyAtOnce),
        Clause("cancelling the task ends the work promptly", heedsCancellation),
        Clause("closing ends all work that was begun", closingEndsWork),
        Clause("after close every call throws .closed", refusesAfterClose),
        Clause("closing twice is closing once", closesTwice),
    ]
}
