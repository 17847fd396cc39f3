import ProviderKit

/// Finds the suggestion for a place in a text.
///
/// It knows no language: the rules do. Inside a comment, a string or a word there is none. Else, in this order: what completes a construct that the line has
/// begun; the rest of a keyword; the rest of a word of the text; the first line of a block.
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

        if let insert = snippet(in: context, of: source) ?? statement(in: context) {
            return fitted(insert, to: context)
        }
        guard canBeCompleted(context) else {
            return firstLineOfBlock(in: context, of: source).flatMap { fitted($0, to: context) }
        }
        if !context.isMember, rules.finishedWords.contains(context.word) { return nil }
        try scanner.advance(to: surroundings.upperBound, within: limit)
        let insert = try restOfWord(in: context, of: source, code: scanner.codeRanges, within: limit)
        return (insert ?? expression(in: context)).flatMap { fitted($0, to: context) }
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

    /// The rest of a keyword that stands in the middle of a statement.
    private func expression(in context: CursorContext) -> String? {
        context.isMember ? nil : restOfKeyword(from: rules.expressions, in: context)
    }

    private func canBeCompleted(_ context: CursorContext) -> Bool {
        context.wordRange.count >= Self.shortestPrefix
    }

    private func restOfKeyword(from keywords: [String], in context: CursorContext) -> String? {
        guard canBeCompleted(context), !rules.finishedWords.contains(context.word) else { return nil }
        return keywords.first { $0.hasPrefix(context.word) }.map { String($0.dropFirst(context.word.count)) }
    }

    private func restOfWord(
        in context: CursorContext, of source: Source, code: [Range<Int>], within limit: WorkLimit
    ) throws(AutocompleteError) -> String? {
        var ranking = IdentifierRanking(source: source, word: context.wordRange, isMember: context.isMember)
        for range in code {
            try limit.check()
            ranking.count(wordsIn: range.clamped(to: source.surroundings))
        }
        guard let best = ranking.best(except: context.isMember ? [] : rules.knownWords) else { return nil }
        return String(decoding: Array(best.utf16.dropFirst(context.wordRange.count)), as: UTF16.self)
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
