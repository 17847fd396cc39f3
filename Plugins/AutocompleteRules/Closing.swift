import ProviderKit

/// Finds what closes something that is open at the cursor: brackets, quotes, blocks and tags.
///
/// It closes nothing that the text below closes already.
struct Closing {
    let rules: LanguageRules
    let source: Source
    let reading: LexicalReading
    let context: CursorContext
    let limit: WorkLimit

    /// The closing quote of a string that was begun on this line, when what stands in it may be all.
    func quote(of string: StringSyntax, start: Int) -> String? {
        guard context.isAtLineEnd, !string.isCharacter, start < source.cursor, start > 0 else { return nil }
        guard start >= source.lineStart(at: source.cursor), let last = source.units[..<source.cursor].last else {
            return nil
        }
        let mayEnd = source.names.contain(last) || ")]}!?%/".utf16.contains(last)
        return mayEnd ? string.close.text : nil
    }

    /// The brackets that this line has opened, when what stands before the cursor is complete.
    func bracketsOfLine() throws(AutocompleteError) -> String? {
        guard context.isAtLineEnd, isCompleteBeforeCursor else { return nil }
        try reading.readOn(within: limit)
        var start = source.lineStart(at: source.cursor)
        var end = ""
        if case .interpolation(let kind, let begin, _) = reading.place, begin >= start {
            guard rules.syntax.codeBetween == nil else { return nil }
            start = begin
            end = string(rules.syntax.interpolations[kind].closer)
        }
        let open = rules.brackets.open(in: start..<source.cursor, of: reading.code)
        let closable = open.prefix { !(rules.blocks.hasBraces && source.units[$0] == UInt16(ascii: "{")) }
        if closable.count < open.count { end = "" }
        if let innermost = closable.first, isClosedBelow(innermost) { return nil }
        let closers = closable.compactMap { rules.brackets.closer(of: source.units[$0]) }.map(string)
        let all = closers.joined() + end
        return all.isEmpty ? nil : all
    }

    /// On an empty line, what ends the block that was begun at the same indentation.
    func block() throws(AutocompleteError) -> String? {
        guard context.isAtLineStart, context.isAtLineEnd else { return nil }
        try reading.readOn(within: limit)
        return wordOfBlock() ?? bracketsOfBlock()
    }

    /// Whether a name, a number, a string or a bracket ends at the cursor, and nothing has to follow it.
    private var isCompleteBeforeCursor: Bool {
        guard source.cursor > 0 else { return false }
        if case .interpolation(_, source.cursor, _) = reading.place { return false }
        let last = source.units[source.cursor - 1]
        if !reading.isBehindCode { return !last.isBlank && !last.isNewline }
        if source.names.contain(last) { return context.isMember || !rules.leadsOn(context.word) }
        return rules.brackets.isCloser(last)
    }

    private func isClosedBelow(_ opener: Int) -> Bool {
        guard let closer = rules.brackets.firstCloser(from: source.cursor, of: reading.code) else { return false }
        return source.units[closer] == rules.brackets.closer(of: source.units[opener])
    }

    private func bracketsOfBlock() -> String? {
        let open = rules.brackets.open(in: 0..<source.cursor, of: reading.code, limit: 1)
        let indentation = source.indentation(at: source.cursor)
        guard let opener = open.first, isBody(from: opener, at: indentation) else { return nil }
        if let closer = rules.brackets.firstCloser(from: source.cursor, of: reading.code),
            source.indentation(at: closer) == source.indentation(at: opener)
        {
            return nil
        }
        let line = source.lineStart(at: opener)..<(opener + 1)
        let closers = rules.brackets.open(in: line, of: reading.code).compactMap {
            rules.brackets.closer(of: source.units[$0])
        }
        return closers.map(string).joined()
    }

    /// Whether a block that begins on the line of a position has that indentation, and lines up to the cursor.
    func isBody(from opener: Int, at indentation: ArraySlice<UInt16>) -> Bool {
        guard source.indentation(at: opener) == indentation else { return false }
        let body = source.lineEnd(at: opener)..<source.cursor
        return source.units[body].contains { !$0.isBlank && !$0.isNewline }
    }

    private func string(_ unit: UInt16) -> String { String(decoding: [unit], as: UTF16.self) }
}
