import AutocompleteRules
import CollabText
import ProviderKit
import Testing

/// A code with the cursor marked, and what is to be suggested there.
struct Example: Sendable, CustomTestStringConvertible {
    /// What marks the cursor: `‸`.
    static let mark: UInt16 = 0x2038

    let language: String
    /// What the example is about.
    let title: String
    let code: String
    /// Nil when nothing is to be suggested.
    let suggestion: String?

    var testDescription: String {
        "\(language), \(title): \(code.debugDescription) → \(suggestion.map(\.debugDescription) ?? "nothing")"
    }

    /// Checks that a provider suggests just this.
    ///
    /// - Parameter prologue: a text to put before the code.
    func check(behind prologue: [UInt16] = []) async throws {
        let provider = try await RulesAutocompleteProvider.descriptor.make(OptionValues(), .silent)
        let completion = try await provider.complete(request(behind: prologue))
        #expect(completion?.suggestion == suggestion)
        await provider.close()
    }

    private func request(behind prologue: [UInt16]) throws -> CompletionRequest {
        let units = Array(code.utf16)
        let cursor = try #require(units.firstIndex(of: Self.mark), "the example has no cursor")
        return CompletionRequest(
            text: TextBuffer(units: prologue + units[..<cursor] + units[(cursor + 1)...]),
            cursor: prologue.count + cursor, language: language, deadline: .now + .seconds(60))
    }
}
