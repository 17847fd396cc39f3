import CollabText
public import ProviderKit
import Synchronization

/// Suggests texts that are kept in files: what follows a word, once that has been typed.
public final class SnippetsAutocompleteProvider: AutocompleteProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any AutocompleteProvider>(
        name: "snippets", summary: "Completes words with texts that are kept in files.",
        options: [folder.declaration, minimumLength.declaration],
        make: { (values, _) throws(ProviderStartError) -> any AutocompleteProvider in
            let files = TextFolder(path: values[folder], minimumLength: values[minimumLength])
            return SnippetsAutocompleteProvider(texts: try files.texts())
        })

    static let folder = Option(
        required: "folder", .path,
        help: "A folder with files LANGUAGE/WORD.txt, or all/WORD.txt for every language. They are read at the start.")
    static let minimumLength = Option(
        "minimum_length", .integer(1...20), default: 2,
        help: "Words with fewer letters are left alone.")

    /// What follows a word, by language.
    private let texts: [String: [String: String]]
    private let isClosed = Atomic(false)

    private init(texts: [String: [String: String]]) {
        self.texts = texts
    }

    public var isRemote: Bool { false }

    public func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion? {
        if isClosed.load(ordering: .acquiring) { throw AutocompleteError(.closed, "The provider was closed.") }
        if Task.isCancelled { throw AutocompleteError(.cancelled, "The task was cancelled.") }
        if request.deadline <= .now { throw AutocompleteError(.timedOut, "The deadline has passed.") }
        guard let line = TypedLine(of: request.text, endingAt: request.cursor) else { return nil }
        let text = texts[request.language]?[line.word] ?? texts[TextFolder.everyLanguage]?[line.word]
        return text.map { Completion(line.continuation($0)) }
    }

    /// Nothing is ever under way for long, and there is nothing to free.
    public func close() async {
        isClosed.store(true, ordering: .releasing)
    }
}
