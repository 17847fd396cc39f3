import ProviderKit

/// What a chain of providers says.
package struct Suggestion: Sendable, Hashable {
    /// The text to insert at the cursor; empty when there is nothing to say.
    package let text: String
    /// The name of the provider that said it; when none did, of the first.
    package let provider: String
}

/// What became of asking one provider.
enum SuggestionOutcome: Sendable {
    case suggested(String)
    case nothing
    /// The same was asked a moment ago, and this was the answer; nil when there was nothing to say.
    case known(String?)
    /// It was not asked: too much is asked of it, or it is known not to answer.
    case refused
    case failed(AutocompleteError)

    /// Whether the provider was asked and answered.
    var isAnswer: Bool {
        switch self {
        case .suggested, .nothing: true
        case .known, .refused, .failed: false
        }
    }
}
