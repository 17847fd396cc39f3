/// What the engine knows of a language.
///
/// A value under `Languages/` for each; `LanguageRules+all.swift` lists them.
struct LanguageRules: Sendable {
    let name: String
    /// Other names that clients use, in lower case.
    let aliases: [String]
    let syntax: LexicalSyntax
    /// One step of indentation, where a text does not show its own.
    let indentation: String
    let blocks: BlockStyle
    /// Words that may stand before a construct on its line, in any number, such as `export` or `}`.
    let leadIns: Set<String>
    /// What a statement may begin with, the usual ones first; with the blank or the brackets that always follow.
    let statements: [String]
    /// What may stand in the middle of a statement, in the same form.
    let expressions: [String]
    /// What to suggest once a construct has been begun; the first that fits is taken.
    let snippets: [Snippet]
    /// The words that are whole as they stand, so that nobody who typed one is still typing.
    let finishedWords: Set<String>
    /// The words that are not the text's own: those above, and those that begin something longer, such as `print()`.
    let knownWords: Set<String>

    init(
        name: String, aliases: [String] = [], syntax: LexicalSyntax = LexicalSyntax(), indentation: String = "    ",
        blocks: BlockStyle = .none, leadIns: Set<String> = [], statements: [String] = [], expressions: [String] = [],
        snippets: [Snippet] = []
    ) {
        self.name = name
        self.aliases = aliases
        self.syntax = syntax
        self.indentation = indentation
        self.blocks = blocks
        self.leadIns = leadIns
        self.statements = statements
        self.expressions = expressions
        self.snippets = snippets
        let keywords = statements + expressions
        let words = keywords.filter { $0.utf16.allSatisfy { $0.isIdentifier || $0.isBlank } }
        finishedWords = Set(words.map { String($0.leadingWord) }).union(leadIns)
        knownWords = Set(keywords.map { String($0.leadingWord) }).union(leadIns)
    }
}

/// How a language marks the lines that belong together.
enum BlockStyle: Sendable {
    case none
    /// A line that ends in `{` begins a block, and `}` ends it.
    case braces
    /// A line that begins with one of these words and ends in a colon begins a block.
    case colon(after: Set<String>)

    /// What ends a block.
    var closer: Character? {
        switch self {
        case .braces: "}"
        case .none, .colon: nil
        }
    }
}

/// A suggestion for a place in a line.
///
/// In `insert`, `\n` is a line end at the line's own indentation and `\t` one step of indentation more. Whatever stands
/// behind the first line of `insert` is left out where the text has that block already.
struct Snippet: Sendable {
    enum Place: Sendable {
        /// The line up to the cursor is just this, apart from its indentation and the language's lead-ins.
        case line
        /// The line up to the cursor ends with this.
        case anywhere
        /// As `line`, unless the text has the finished line already.
        case once
    }

    let place: Place
    let typed: String
    let insert: String

    static func line(_ typed: String, _ insert: String) -> Snippet {
        Snippet(place: .line, typed: typed, insert: insert)
    }

    static func anywhere(_ typed: String, _ insert: String) -> Snippet {
        Snippet(place: .anywhere, typed: typed, insert: insert)
    }

    static func once(_ typed: String, _ insert: String) -> Snippet {
        Snippet(place: .once, typed: typed, insert: insert)
    }
}
