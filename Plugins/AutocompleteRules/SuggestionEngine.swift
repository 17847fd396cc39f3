import ProviderKit

/// Finds the suggestion for a place in a text.
///
/// It knows no language: the rules do. Inside a comment, a string or a word there is no suggestion. Else it is the
/// first to be found of: what completes a construct that the line has begun; the rest of a keyword; the rest of a word
/// of the text; the first line of a block.
struct SuggestionEngine: Sendable {
    /// How many letters must have been typed before a word is completed.
    static let shortestPrefix = 2

    let rules: LanguageRules

    /// What to insert at the cursor, or nil.
    func suggestion(for source: Source, within limit: WorkLimit) throws(AutocompleteError) -> String? {
        let surroundings = source.surroundings
        var scanner = LexicalScanner(
            units: source.units, syntax: rules.syntax, keepingCodeFrom: surroundings.lowerBound)
        try scanner.advance(to: source.cursor, within: limit)
        let context = CursorContext(source)
        guard scanner.isInCode, !context.isInsideWord else { return nil }

        let isStatement = !scanner.isInInterpolation
        let insert: String?
        if let begun = snippet(in: context, of: source) ?? (isStatement ? statement(in: context) : nil) {
            insert = begun
        } else if canBeCompleted(context) {
            insert = try restOfWord(in: context, of: source, scanner: scanner, within: limit)
        } else {
            insert = isStatement ? firstLineOfBlock(in: context, of: source) : nil
        }
        return insert.flatMap { fitted($0, to: context) }
    }

    /// What completes the construct that the line has begun.
    private func snippet(in context: CursorContext, of source: Source) -> String? {
        guard let snippet = rules.snippets.first(where: { fits($0, context, source) }) else { return nil }
        let layout = Layout(of: source, fallback: rules.indentation)
        let hasBlock = context.hasBlockBelow(closer: rules.blocks.closer)
        let template = hasBlock ? String(snippet.insert.prefix { $0 != "\n" }) : snippet.insert
        // A snippet that is a block and nothing else has nothing to add to a block that is there.
        return template.isEmpty ? nil : layout.expand(template, at: context.indentation)
    }

    private func fits(_ snippet: Snippet, _ context: CursorContext, _ source: Source) -> Bool {
        switch snippet.place {
        case .line:
            context.isAtLineEnd && rules.isLine(context.line, snippet.typed)
        case .once:
            context.isAtLineEnd && rules.isLine(context.line, snippet.typed)
                && !source.hasLine(snippet.typed + snippet.insert)
        case .anywhere:
            context.isBeforeClosers && context.lineEnds(with: snippet.typed)
        }
    }

    /// The rest of a keyword that begins a statement.
    private func statement(in context: CursorContext) -> String? {
        guard !context.isMember, rules.isStatementStart(behind: context.lineBeforeWord) else { return nil }
        return restOfKeyword(from: rules.statements, in: context)
    }

    private func canBeCompleted(_ context: CursorContext) -> Bool {
        context.wordRange.count >= Self.shortestPrefix
    }

    private func restOfKeyword(from keywords: [String], in context: CursorContext) -> String? {
        guard canBeCompleted(context), !rules.finishedWords.contains(context.word) else { return nil }
        return keywords.first { $0.hasPrefix(context.word) }.map { String($0.dropFirst(context.word.count)) }
    }

    /// The rest of a word of the text, else of a keyword in the middle of a statement.
    private func restOfWord(
        in context: CursorContext, of source: Source, scanner: LexicalScanner, within limit: WorkLimit
    ) throws(AutocompleteError) -> String? {
        if !context.isMember, rules.finishedWords.contains(context.word) { return nil }
        var scanner = scanner
        try scanner.advance(to: source.surroundings.upperBound, within: limit)
        var ranking = IdentifierRanking(source: source, word: context.wordRange, isMember: context.isMember)
        for range in scanner.codeRanges {
            try limit.check()
            ranking.count(wordsIn: range.clamped(to: source.surroundings))
        }
        if let rest = ranking.restOfBest(except: context.isMember ? [] : rules.knownWords) { return rest }
        return context.isMember ? nil : restOfKeyword(from: rules.expressions, in: context)
    }

    /// A new line with its indentation, behind a line that opens a block which is still empty.
    private func firstLineOfBlock(in context: CursorContext, of source: Source) -> String? {
        guard context.isAtLineEnd, rules.opensBlock(context.line), !context.hasBlockBelow(closer: nil) else {
            return nil
        }
        let layout = Layout(of: source, fallback: rules.indentation)
        return layout.expand("\n\t", at: context.indentation)
    }

    /// The suggestion without what follows the cursor already; nil when nothing is left.
    private func fitted(_ insert: String, to context: CursorContext) -> String? {
        if context.isFollowed(by: insert) { return nil }
        var insert = insert[...]
        if insert.hasSuffix("()"), context.rest.hasPrefix("(") { insert = insert.dropLast(2) }
        if insert.hasSuffix(" "), context.rest.hasPrefix(" ") { insert = insert.dropLast() }
        return insert.isEmpty ? nil : String(insert)
    }
}
