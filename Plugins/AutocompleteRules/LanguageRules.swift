/// What the engine knows of a language: a file under `Languages/`, read and checked.
struct LanguageRules: Sendable {
    var name: String
    /// Other names that clients use, in lower case.
    var aliases: [String] = []
    /// One step of indentation, where a text does not show its own.
    var indentation = "    "
    /// What names are made of.
    var names = NameUnits(and: "$")
    /// Whether keywords may be typed in lower case, and are then completed so.
    var ignoresCase = false
    var syntax = LexicalSyntax()
    var brackets = Brackets.usual
    var blocks = BlockStyles()
    /// Words that may stand before a construct on its line, in any number, such as `export` or `}`.
    var leadIns: Set<String> = []
    /// What a statement may begin with, the usual ones first; with the blank or the brackets that always follow.
    var statements: [String] = []
    /// What may stand in the middle of a statement, in the same form.
    var expressions: [String] = []
    /// What may stand in certain places; of the first whose place fits.
    var placedWords: [PlacedWords] = []
    /// What to suggest once a construct has been begun; the first that fits is taken.
    var snippets: [Snippet] = []

    /// The words that are whole as they stand, so that nobody who typed one is still typing.
    private(set) var finishedWords: Set<String> = []
    /// Those of them that something has to follow, such as `not`.
    private(set) var leadingWords: Set<String> = []
    /// The words that are not the text's own: those above, and those that begin something longer, such as `print()`.
    private(set) var knownWords: Set<String> = []

    /// No rules: of an unknown language, only its words are completed.
    static let unknown = {
        var rules = LanguageRules(name: "unknown")
        rules.brackets = .none
        return rules
    }()

    init(name: String) {
        self.name = name
    }

    /// Takes stock of the words, once all lists are complete.
    mutating func indexWords() {
        let keywords = statements + expressions
        let words = keywords.filter { $0.utf16.allSatisfy { names.contain($0) || $0.isBlank } }
        finishedWords = Set(words.map { String(leadingWord(of: $0)) }).union(leadIns)
        leadingWords = Set(words.filter { $0.hasSuffix(" ") }.map { String($0.dropLast()) })
        knownWords = Set(keywords.map { String(leadingWord(of: $0)) }).union(leadIns)
    }

    /// The name that a string begins with; empty when it begins with something else.
    func leadingWord<Text: StringProtocol>(of text: Text) -> Text.SubSequence {
        text[..<(text.utf16.firstIndex { !names.contain($0) } ?? text.endIndex)]
    }

    func isFinished(_ word: String) -> Bool { finishedWords.contains(keyword(word)) }

    func isKnown(_ word: String) -> Bool { knownWords.contains(keyword(word)) }

    /// Whether something has to follow a word.
    func leadsOn(_ word: String) -> Bool { leadingWords.contains(keyword(word)) }

    /// A word as the lists of the language have it.
    private func keyword(_ word: String) -> String { ignoresCase ? word.uppercased() : word }
}

/// Words for a place; what is not set does not matter.
struct PlacedWords: Sendable {
    /// The line up to the word begins with this, apart from its indentation and lead-ins.
    var behind: String?
    /// This stands directly before the word.
    var after: String?
    /// The innermost bracket that is open.
    var inside: UInt16?
    /// Whether the word has to begin a statement.
    var isStatement = false
    /// How many letters must have been typed.
    var letters = SuggestionEngine.shortestPrefix
    /// The usual ones first; with what always follows.
    var words: [String] = []
}
