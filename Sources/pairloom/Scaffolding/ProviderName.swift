import ConfigFile

/// The name of a provider in the spellings that its package needs.
struct ProviderName: Sendable, Hashable {
    /// In `config.yaml`: `word-store`.
    let word: String

    /// - Returns: nil for what can be no name: it is made of lower case letters and digits, a letter first, in parts that
    ///   are joined by hyphens.
    init?(_ text: String) {
        guard NameRule.isName(text, joinedBy: "-"), text.count <= 40 else { return nil }
        word = text
    }

    /// At the head of its types: `WordStore`.
    var prefix: String {
        word.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
