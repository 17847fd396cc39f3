import ArgumentParser

/// What a new provider begins as: a copy of the example of its contract, under another name.
enum ProviderTemplate: String, CaseIterable, ExpressibleByArgument {
    case storage, autocomplete, conflict

    /// What stands before the name in that of the module.
    var kind: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// The example's name in `config.yaml`.
    private var word: String {
        switch self {
        case .storage: "json-file"
        case .autocomplete: "snippets"
        case .conflict: "line-lock"
        }
    }

    /// What stands at the head of the example's types.
    private var prefix: String {
        switch self {
        case .storage: "JSONFile"
        case .autocomplete: "Snippets"
        case .conflict: "LineLock"
        }
    }

    /// The example's folder in the repository.
    var example: String { "Examples/\(kind)\(prefix)" }

    /// The module of a provider of this contract.
    func module(of name: ProviderName) -> String { kind + name.prefix }

    /// The part of `config.yaml` that chooses a provider as it was written to a folder, a line each.
    func settings(of name: ProviderName, in folder: String) -> [String] {
        switch self {
        case .storage: ["storage:", "  provider: \(name.word)"]
        case .autocomplete:
            [
                "autocomplete:", "  provider: [\(name.word), rules]", "  \(name.word):",
                "    folder: \(folder)/\(name.prefix)",
            ]
        case .conflict: ["conflict:", "  policy: \(name.word)"]
        }
    }

    /// A text of the example, or the path of one of its files, for another name.
    func renamed(_ text: String, to name: ProviderName, isProse: Bool = false) -> String {
        let renamed = text.replacing(prefix, with: name.prefix)
        // In code a word without a hyphen may be a variable's as well, so there it is the name in quotes alone.
        let quotes = isProse || word.contains("-") ? [""] : ["\"", "`"]
        return quotes.reduce(renamed) { $0.replacing($1 + word + $1, with: $1 + name.word + $1) }
    }
}
