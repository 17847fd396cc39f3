/// What stands around the cursor, as the rules ask for it.
struct CursorContext: Sendable {
    /// So much of a line is looked at on either side of the cursor.
    static let longestLine = 512

    /// The blanks that the line begins with.
    let indentation: String
    /// The line from behind its indentation to the cursor; of a long line, only its end.
    let line: String
    /// The line from behind its indentation to the word.
    let lineBeforeWord: String
    /// The part of a name that ends at the cursor; empty when there is none, or when it is a number.
    let word: String
    /// Where the word stands in the text.
    let wordRange: Range<Int>
    /// Whether the word follows a dot or the like, and so names a member of something.
    let isMember: Bool
    /// Whether a name goes on behind the cursor.
    let isInsideWord: Bool
    /// The rest of the cursor's line.
    let rest: String
    /// The next line that is not blank, cut after its first units; nil when none is within reach.
    let nextLine: (indentation: String, text: String)?

    private let source: Source

    init(_ source: Source) {
        self.source = source
        let cursor = source.cursor
        let lineStart = source.lineStart(at: cursor)
        let indentationEnd = min(cursor, source.end(ofRunAt: lineStart, where: \.isBlank))
        let textStart = max(indentationEnd, cursor - Self.longestLine)
        let lineEnd = source.lineEnd(at: cursor)
        indentation = source.string(lineStart..<indentationEnd)
        line = source.string(textStart..<cursor)
        wordRange = Self.word(before: cursor, of: source)
        word = source.string(wordRange)
        lineBeforeWord = source.string(textStart..<wordRange.lowerBound)
        isMember = Self.isMember(wordRange.lowerBound, of: source)
        isInsideWord = cursor < source.units.count && source.names.contain(source.units[cursor])
        rest = source.string(cursor..<min(lineEnd, cursor + Self.longestLine))
        nextLine = Self.line(after: lineEnd, of: source)
    }

    /// Whether nothing but blanks stands before the cursor on its line.
    var isAtLineStart: Bool { line.isEmpty }

    /// Whether nothing but blanks follows on the line.
    var isAtLineEnd: Bool { rest.allSatisfy(\.isWhitespace) }

    /// Whether nothing follows but closing brackets and quotes, which editors put in by themselves, and punctuation.
    var isBeforeClosers: Bool { rest.allSatisfy { $0.isWhitespace || ")]}>\"'`;,:".contains($0) } }

    /// Whether the line ends with `typed`, and not in the middle of a longer name or path.
    func lineEnds(with typed: String, _ rules: LanguageRules) -> Bool {
        guard rules.isSame(line.suffix(typed.count), typed) else { return false }
        guard let first = typed.utf16.first, source.names.contain(first) else { return true }
        guard let before = line.utf16.dropLast(typed.utf16.count).last else { return true }
        return !source.names.contain(before) && before != 0x2E
    }

    /// Whether the text below belongs to a block that the cursor's line opens: it is deeper, or closes it.
    func hasBlockBelow(closer: Character?) -> Bool {
        guard let nextLine else { return false }
        if nextLine.indentation == indentation { return closer != nil && nextLine.text.first == closer }
        return nextLine.indentation.hasPrefix(indentation)
    }

    /// Whether a string follows the cursor, behind blanks if need be.
    func isFollowed(by string: String) -> Bool {
        let start = source.end(ofRunAt: source.cursor, where: \.isBlank)
        return source.has(string, at: source.cursor) || source.has(string, at: start)
    }

    private static func word(before cursor: Int, of source: Source) -> Range<Int> {
        let farthest = max(0, cursor - Source.longestWord)
        let start = source.start(ofRunBefore: cursor, notBefore: farthest, where: source.names.contain)
        if start < cursor, source.units[start].isDigit { return cursor..<cursor }
        return start..<cursor
    }

    /// Whether `.`, `::` or `->` stands before a position.
    private static func isMember(_ position: Int, of source: Source) -> Bool {
        guard position > 0 else { return false }
        if source.units[position - 1] == 0x2E { return true }
        return position > 1 && (source.has("::", at: position - 2) || source.has("->", at: position - 2))
    }

    private static func line(after position: Int, of source: Source) -> (indentation: String, text: String)? {
        let blank = source.end(ofRunAt: position) { $0.isNewline || $0.isBlank }
        guard blank < source.units.count else { return nil }
        let start = source.start(ofRunBefore: blank, notBefore: position, where: \.isBlank)
        return (source.string(start..<blank), source.string(blank..<min(source.units.count, blank + 1)))
    }
}
