public import ProviderKit
import Synchronization

/// Suggests what comes next by rules: the constructs and keywords of a language, and the words of the text.
///
/// Answers within milliseconds, needs nothing from outside and sends no code anywhere. What it knows of a language is
/// data, under `Languages/`; operators may add to it.
public final class RulesAutocompleteProvider: AutocompleteProvider {
    /// The provider `rules`.
    public static let descriptor = ProviderDescriptor<any AutocompleteProvider>(
        name: "rules",
        summary: "Completes constructs, keywords and words of the text by rules.",
        options: [folder.declaration],
        make: { (values, _) throws(ProviderStartError) -> any AutocompleteProvider in
            RulesAutocompleteProvider(languages: try library(folder: values[folder]))
        })

    static let folder = Option(
        "folder", .path, default: "",
        help: "A folder with *.yaml files of languages to add, or to put in the place of built-in ones.")

    private let languages: LanguageLibrary
    private let isClosed = Atomic(false)

    private init(languages: LanguageLibrary) {
        self.languages = languages
    }

    public var isRemote: Bool { false }

    /// The suggestion of the language's rules; of an unknown language, the rest of a word of the text.
    public func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion? {
        let limit = WorkLimit(deadline: request.deadline) { self.isClosed.load(ordering: .acquiring) }
        try limit.check()
        let rules = languages.rules(for: request.language)
        return try SuggestionEngine.suggestion(for: request, rules: rules, within: limit).map { Completion($0) }
    }

    /// Calls under way end with `.closed` at their next look at the limit; there is nothing to free.
    public func close() async {
        isClosed.store(true, ordering: .releasing)
    }

    private static func library(folder: String) throws(ProviderStartError) -> LanguageLibrary {
        guard !folder.isEmpty else { return LanguageLibrary() }
        do throws(RuleFileError) {
            return try LanguageLibrary(adding: LanguageFolder(path: folder).files())
        } catch {
            throw ProviderStartError(error.description)
        }
    }
}
