/// Reads the rules of a language from a file; `docs/autocomplete-rules.md` describes the format.
struct LanguageFile {
    /// How the language is called, and which one it builds on.
    struct Head: Equatable {
        let name: String
        let aliases: [String]
        let base: String?
    }

    private static let keys = [
        "name", "aliases", "extends", "indentation", "name_characters", "ignore_case", "comments", "strings",
        "code_between", "brackets", "blocks", "lead_ins", "statements", "expressions", "words", "snippets",
    ]

    let head: Head
    private let section: [String: RuleNode]

    /// - Parameter text: all of a file.
    init(file: String, text: String) throws(RuleFileError) {
        let root = try RuleNode(file: file, text: text)
        section = try root.section(Self.keys)
        guard let name = section["name"] else { throw root.error("no name, expected the key name") }
        head = Head(
            name: try name.languageName(),
            aliases: try section["aliases"]?.items("a list of names").map { (node) throws(RuleFileError) in
                try node.languageName()
            } ?? [],
            base: try section["extends"]?.languageName())
    }

    /// The head of a file: all of it that stands before its first empty line.
    static func head(file: String, text: String) throws(RuleFileError) -> Head {
        let bytes = Array(text.utf8)
        let newline = UInt8(ascii: "\n")
        let end = bytes.indices.dropLast().first { bytes[$0] == newline && bytes[$0 + 1] == newline } ?? bytes.count
        return try LanguageFile(file: file, text: String(decoding: bytes[..<end], as: UTF8.self)).head
    }

    /// The rules.
    ///
    /// - Parameter base: gives the rules of the language that this one builds on; nil when there is none of that name.
    func rules(base: (String) throws(RuleFileError) -> LanguageRules?) throws(RuleFileError) -> LanguageRules {
        var rules = LanguageRules(name: head.name)
        if let node = section["extends"], let name = head.base {
            guard let parent = try base(name) else { throw node.expected("the name of another language") }
            rules = parent
            rules.name = head.name
        }
        rules.aliases = head.aliases
        try readText(into: &rules)
        try readSyntax(into: &rules)
        try readWords(into: &rules)
        rules.indexWords()
        return rules
    }

    private func readText(into rules: inout LanguageRules) throws(RuleFileError) {
        if let node = section["indentation"] {
            rules.indentation = try node.string()
            guard rules.indentation == "\t" || rules.indentation.allSatisfy({ $0 == " " }) else {
                throw node.expected("spaces or one tab in double quotes")
            }
        }
        if let node = section["name_characters"] {
            let others = try node.stringOrEmpty("characters that names have besides letters, digits and _")
            guard others.unicodeScalars.allSatisfy({ $0.isASCII && $0 != " " && $0.value >= 0x20 }) else {
                throw node.expected("ASCII characters")
            }
            rules.names = NameUnits(and: others)
        }
        if let node = section["ignore_case"] { rules.ignoresCase = try node.boolean() }
    }

    /// What the language gives takes the place of what it builds on.
    private func readSyntax(into rules: inout LanguageRules) throws(RuleFileError) {
        if let node = section["brackets"] {
            guard let brackets = Brackets(try node.strings()) else {
                throw node.error("not all are pairs, expected a list of brackets such as \"()\"")
            }
            rules.brackets = brackets
        }
        if let node = section["blocks"] { rules.blocks = try node.blockStyles() }
        let (line, block) =
            try section["comments"]?.comments()
            ?? (rules.syntax.lineComments, rules.syntax.blockComments)
        let strings = try section["strings"]?.stringSyntaxes() ?? rules.syntax.strings
        let between = try section["code_between"]?.interpolation() ?? rules.syntax.codeBetween
        rules.syntax = LexicalSyntax(
            lineComments: line, blockComments: block, strings: strings, codeBetween: between)
    }

    /// What the language gives is added to what it builds on.
    private func readWords(into rules: inout LanguageRules) throws(RuleFileError) {
        rules.leadIns.formUnion(try section["lead_ins"]?.strings() ?? [])
        rules.statements += try section["statements"]?.strings() ?? []
        rules.expressions += try section["expressions"]?.strings() ?? []
        if rules.ignoresCase {
            rules.statements = rules.statements.map { $0.uppercased() }
            rules.expressions = rules.expressions.map { $0.uppercased() }
        }
        rules.placedWords = (try section["words"]?.placedWords() ?? []) + rules.placedWords
        rules.snippets = (try section["snippets"]?.snippets() ?? []) + rules.snippets
    }
}

extension RuleNode {
    fileprivate func languageName() throws(RuleFileError) -> String {
        let name = try string("a name")
        guard name == name.lowercased(), !name.contains(where: \.isWhitespace) else {
            throw expected("a name in lower case without blanks")
        }
        return name
    }
}
