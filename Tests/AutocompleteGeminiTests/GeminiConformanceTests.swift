import ProviderConformance
import Testing

extension OverTheWire {
    @Suite struct GeminiConformanceTests {
        @Test(arguments: AutocompleteConformance.clauses)
        func conforms(to clause: AutocompleteConformance.Clause) async throws {
            let place = try await Self.place.value
            try await clause.check { try await place.provider() }
        }

        @Test("conforms with a service that never answers", arguments: clausesWithoutAnswers)
        func conformsWithoutAnswers(to clause: AutocompleteConformance.Clause) async throws {
            let place = try await Self.place.value
            try await clause.check { try await place.provider("never") }
        }

        private static let place = Task { try await GeminiPlace() }

        /// The other clauses need answers.
        private static let clausesWithoutAnswers = AutocompleteConformance.clauses.filter { clause in
            ["deadline", "cancelling", "closing", "close"].contains { clause.name.contains($0) }
        }
    }
}
