import AutocompleteRules
import ProviderConformance
import ProviderKit
import Testing

@Suite struct RulesConformanceTests {
    @Test(arguments: AutocompleteConformance.clauses)
    func conforms(to clause: AutocompleteConformance.Clause) async throws {
        try await clause.check { try await RulesAutocompleteProvider.descriptor.make(OptionValues(), .silent) }
    }
}
