/// How a language marks the lines that belong together; it may have several ways.
struct BlockStyles: Sendable {
    /// Whether a line that ends in `{` begins a block, and `}` ends it.
    var hasBraces = false
    /// A line that begins with one of these words and ends in a colon begins a block.
    var colonOpeners: Set<String> = []
    var words: [WordBlock] = []
    /// The elements that have no end; nil in a language without tags.
    var voidTags: Set<String>?

    /// What ends a block.
    var closer: Character? { hasBraces ? "}" : nil }
}

/// A block between words, such as `do` and `done`.
struct WordBlock: Sendable {
    /// The words that open it at the beginning of a line, apart from lead-ins.
    let openers: Set<String>
    /// The words that open it anywhere in a line.
    let innerOpeners: Set<String>
    /// The word that ends it.
    let closer: String

    /// By how many blocks more are open behind a line than before it.
    ///
    /// - Parameters:
    ///   - first: the word that the line begins with behind its lead-ins.
    ///   - words: all the words of the line.
    func growth(first: Substring, words: [Substring]) -> Int {
        let opens = openers.contains(String(first)) || words.contains { innerOpeners.contains(String($0)) }
        return (opens ? 1 : 0) - words.count { $0 == closer }
    }
}
