public import ProviderKit
import Synchronization

/// Suggests what comes next by rules: the constructs and keywords of a language, and the words of the text.
///
/// Answers within milliseconds, needs nothing from outside and sends no code anywhere. What it knows of a language is
/// data, under `Languages/`.
public final class RulesAutocompleteProvider: AutocompleteProvider {
    /// The provider `rules`.
    public static let descriptor = ProviderDescriptor<any AutocompleteProvider>(
        name: "rules",
        summary: "Completes constructs, keywords and words of the text by built-in rules.",
        make: { _, _ in RulesAutocompleteProvider() })

    private let isClosed = Atomic(false)

    private init() {}

    /// The suggestion of the language's rules; of an unknown language, the rest of a word of the text.
    public func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion? {
        let limit = WorkLimit(deadline: request.deadline) { self.isClosed.load(ordering: .acquiring) }
        try limit.check()
        let engine = SuggestionEngine(rules: .forLanguage(request.language))
        return try engine.suggestion(for: Source(request), within: limit).map { Completion($0) }
    }

    /// Calls under way end with `.closed` at their next look at the limit; there is nothing to free.
    public func close() async {
        isClosed.store(true, ordering: .releasing)
    }
}
