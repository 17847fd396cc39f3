import AutocompleteRules
import CollabText
import ProviderKit
import Testing

/// A code with the cursor marked by `|`, and what is to be suggested there.
struct Example: Sendable, CustomTestStringConvertible {
    let code: String
    /// Nil when nothing is to be suggested.
    let suggestion: String?

    init(_ code: String, _ suggestion: String?) {
        self.code = code
        self.suggestion = suggestion
    }

    var testDescription: String {
        "\(code.debugDescription) → \(suggestion.map(\.debugDescription) ?? "nothing")"
    }

    /// Checks that a fresh provider suggests just this.
    func check(in language: String) async throws {
        let provider = try await RulesAutocompleteProvider.descriptor.make(OptionValues(), .silent)
        let completion = try await provider.complete(request(in: language))
        #expect(completion?.suggestion == suggestion)
        await provider.close()
    }

    private func request(in language: String) throws -> CompletionRequest {
        let units = Array(code.utf16)
        let cursor = try #require(units.firstIndex(of: 0x7C), "the example has no cursor")
        return CompletionRequest(
            text: TextBuffer(units: Array(units[..<cursor] + units[(cursor + 1)...])), cursor: cursor,
            language: language, deadline: .now + .seconds(60))
    }
}
