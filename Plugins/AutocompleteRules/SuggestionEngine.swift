import ProviderKit

/// Finds the suggestion for a place in a text.
///
/// It knows no language: the rules do. In a comment or inside a word there is no suggestion, in a string only its end
/// and names where it takes some. Else it is the first to be found of: what completes a construct that the line has
/// begun; the end of an element or a block; the rest of a keyword; the rest of a word of the text; the first line of a
/// block; the brackets that the line has left open.
struct SuggestionEngine {
    /// How many letters must have been typed before a word is completed.
    static let shortestPrefix = 2

    private let rules: LanguageRules
    private let source: Source
    private let reading: LexicalReading
    private let context: CursorContext
    private let limit: WorkLimit

    /// What to insert at the cursor of a text, or nil.
    static func suggestion(
        for request: CompletionRequest, rules: LanguageRules, within limit: WorkLimit
    ) throws(AutocompleteError) -> String? {
        let source = Source(text: request.text, cursor: request.cursor, names: rules.names)
        let context = CursorContext(source)
        if context.isInsideWord { return nil }
        let reading = try LexicalReading(of: source, rules: rules, within: limit)
        let engine = SuggestionEngine(rules: rules, source: source, reading: reading, context: context, limit: limit)
        return try engine.suggestion().flatMap(engine.fitted)
    }

    private init(
        rules: LanguageRules, source: Source, reading: LexicalReading, context: CursorContext, limit: WorkLimit
    ) {
        self.rules = rules
        self.source = source
        self.reading = reading
        self.context = context
        self.limit = limit
    }

    private func suggestion() throws(AutocompleteError) -> String? {
        let closing = Closing(rules: rules, source: source, reading: reading, context: context, limit: limit)
        switch reading.place {
        case .lineComment, .blockComment: return nil
        case .prose: return try closing.tag()
        case .string(let kind, let start):
            if takesName(rules.syntax.strings[kind]) { return try restOfTextWord() }
            return closing.quote(of: rules.syntax.strings[kind], start: start)
        case .code: return try inCode(isStatement: true, closing)
        case .interpolation: return try inCode(isStatement: false, closing)
        }
    }

    private func inCode(isStatement: Bool, _ closing: Closing) throws(AutocompleteError) -> String? {
        if let begun = snippet() { return begun }
        if let end = try closing.tag() { return end }
        if isStatement, let end = try closing.block() { return end }
        let placed = placedWords()
        if let placed, let rest = restOfKeyword(from: placed.words, letters: placed.letters) { return rest }
        if isStatement, placed == nil, let rest = statement() { return rest }
        if context.wordRange.count >= (placed?.letters ?? Self.shortestPrefix), let rest = try restOfWord() {
            return rest
        }
        if isStatement, let line = firstLineOfBlock() { return line }
        return try closing.bracketsOfLine()
    }

    /// What completes the construct that the line has begun.
    private func snippet() -> String? {
        guard let snippet = rules.snippets.first(where: fits) else { return nil }
        let layout = Layout(of: source, fallback: rules.indentation)
        let hasBlock = context.hasBlockBelow(closer: rules.blocks.closer)
        let template = hasBlock ? String(snippet.insert.prefix { $0 != "\n" }) : snippet.insert
        // A snippet that is a block and nothing else has nothing to add to a block that is there.
        if template.isEmpty { return nil }
        let typed = String(context.line.suffix(snippet.typed.count))
        return layout.expand(rules.inCase(of: typed, template), at: context.indentation)
    }

    private func fits(_ snippet: Snippet) -> Bool {
        switch snippet.place {
        case .line:
            context.isAtLineEnd && rules.isLine(context.line, snippet.typed)
        case .once:
            context.isAtLineEnd && rules.isLine(context.line, snippet.typed)
                && !source.hasLine(snippet.typed + snippet.insert)
        case .anywhere:
            context.isBeforeClosers && context.lineEnds(with: snippet.typed, rules)
        }
    }

    /// The words for the place of the cursor, if it has some of its own.
    private func placedWords() -> PlacedWords? {
        if context.isMember { return nil }
        let before = context.lineBeforeWord
        return rules.placedWords.first { words in
            if let behind = words.behind, !rules.isLine(before, beginningWith: behind) { return false }
            if let after = words.after, !before.hasSuffix(after) { return false }
            if words.isStatement, !rules.isStatementStart(behind: before) { return false }
            return words.inside == nil || words.inside == innermostBracket
        }
    }

    private var innermostBracket: UInt16? {
        // What stands behind the cursor has no say.
        rules.brackets.open(in: 0..<source.cursor, of: reading.code, limit: 1).first.map { source.units[$0] }
    }

    /// The rest of a keyword that begins a statement.
    private func statement() -> String? {
        guard !context.isMember, rules.isStatementStart(behind: context.lineBeforeWord) else { return nil }
        return restOfKeyword(from: rules.statements)
    }

    private func restOfKeyword(from keywords: [String], letters: Int = shortestPrefix) -> String? {
        let word = context.word
        guard context.wordRange.count >= letters, !rules.isFinished(word) else { return nil }
        let typed = rules.ignoresCase ? word.uppercased() : word
        guard let keyword = keywords.first(where: { $0.hasPrefix(typed) }) else { return nil }
        return rules.inCase(of: word, String(keyword.dropFirst(typed.count)))
    }

    /// The rest of a word of the text, else of a keyword in the middle of a statement.
    private func restOfWord() throws(AutocompleteError) -> String? {
        if !context.isMember, rules.isFinished(context.word) { return nil }
        if let rest = try restOfTextWord() { return rest }
        return context.isMember ? nil : restOfKeyword(from: rules.expressions)
    }

    private func restOfTextWord() throws(AutocompleteError) -> String? {
        guard !context.wordRange.isEmpty else { return nil }
        var ranking = IdentifierRanking(source: source, word: context.wordRange, isMember: context.isMember)
        try reading.readOn(within: limit)
        for range in reading.codeRanges { ranking.count(wordsIn: range) }
        try limit.check()
        return ranking.restOfBest { !context.isMember && rules.isKnown($0) }
    }

    /// Whether the word at the cursor is a name in this kind of string.
    private func takesName(_ string: StringSyntax) -> Bool {
        guard context.wordRange.count >= Self.shortestPrefix else { return false }
        return string.nameMarks.map(\.text).contains {
            context.lineBeforeWord.hasSuffix($0) || context.word.hasPrefix($0)
        }
    }

    /// A new line with its indentation, behind a line that opens a block which is still empty.
    private func firstLineOfBlock() -> String? {
        guard context.isAtLineEnd, rules.opensBlock(context.line), !context.hasBlockBelow(closer: nil) else {
            return nil
        }
        let layout = Layout(of: source, fallback: rules.indentation)
        return layout.expand("\n\t", at: context.indentation)
    }

    /// The suggestion without what follows the cursor already; nil when nothing is left.
    private func fitted(_ insert: String) -> String? {
        if context.isFollowed(by: insert) { return nil }
        var insert = insert[...]
        if insert.hasSuffix("()"), context.rest.hasPrefix("(") { insert = insert.dropLast(2) }
        if insert.hasSuffix(" "), context.rest.hasPrefix(" ") { insert = insert.dropLast() }
        return insert.isEmpty ? nil : String(insert)
    }
}
