import CollabText

/// A text as a client shows it, and where that differs from the text in the room's form, its *source*.
struct FormedText: Sendable {
    /// The text that the client shows.
    let text: TextBuffer
    /// The parts that differ, from left to right, apart from each other or side by side.
    let tokens: [Token]

    /// A part of the source, and what is shown for it. One of the two may be empty.
    struct Token: Sendable {
        let source: Range<Int>
        let shown: Range<Int>
        /// The side to which a token belongs of which one side is empty.
        let bond: Bond

        enum Bond: Hashable, Sendable {
            /// Text that is typed at its place goes before it, as before blanks at the end of a line.
            case none
            /// Text that is typed at its place goes behind it, as behind a byte order mark.
            case preceding
            /// It becomes text of the room when something is typed behind it, as an added line end.
            case following
        }
    }

    init(verbatim text: TextBuffer) {
        self.init(text: text, tokens: [])
    }

    /// A shown text that has nothing of its source but what both begin and end with.
    init(replacing source: TextBuffer, with shown: TextBuffer) {
        let tokens = TextChange.replacement(of: source, with: shown).replacements.map { replacement in
            let start = replacement.range.lowerBound
            return Token(
                source: replacement.range, shown: start..<(start + replacement.insert.count), bond: .none)
        }
        self.init(text: shown, tokens: tokens)
    }

    init(text: TextBuffer, tokens: [Token]) {
        self.text = text
        self.tokens = tokens
    }

    /// The change of `source` that a change of the shown text means.
    ///
    /// What the change leaves alone keeps the room's form. A token that is changed in part becomes what is shown of it. Line
    /// ends that are inserted take the form of those around them when `convertsLineEnds` is true.
    func unformed(_ change: TextChange, source: TextBuffer, convertsLineEnds: Bool) -> TextChange? {
        if tokens.isEmpty, !convertsLineEnds { return change }
        var mapping = ChangeMapping(self, source, convertsLineEnds: convertsLineEnds)
        for replacement in change.replacements { mapping.map(replacement) }
        return try? TextChange(baseLength: source.count, replacements: mapping.replacements)
    }
}

/// Takes the replacements of a change, from left to right, from a shown text to its source.
private struct ChangeMapping {
    private typealias Unit = TextForm.Unit
    private typealias Token = FormedText.Token

    private let formed: FormedText
    private let source: TextBuffer
    private let convertsLineEnds: Bool
    private(set) var replacements: [TextChange.Replacement] = []
    /// The first token that does not end before the current replacement.
    private var next = 0
    /// The distance by which the source is ahead of the shown text behind the tokens before `next`.
    private var shift = 0
    /// The token of which the last replacement left a rest, and where that begins.
    private var rest: (token: Int, start: Int)?

    init(_ formed: FormedText, _ source: TextBuffer, convertsLineEnds: Bool) {
        self.formed = formed
        self.source = source
        self.convertsLineEnds = convertsLineEnds
    }

    mutating func map(_ replacement: TextChange.Replacement) {
        let range = replacement.range
        let (lower, before) = mapLowerBound(range)
        let (upper, after) = mapUpperBound(range, from: lower)
        var insert = before
        insert.append(contentsOf: replacement.insert)
        insert.append(contentsOf: after)
        var start = lower
        if let last = replacements.last, last.range.upperBound > lower {
            // Both touch one token: they become one replacement.
            replacements.removeLast()
            insert = last.insert + insert
            start = last.range.lowerBound
        }
        if convertsLineEnds { insert = converted(insert, near: start) }
        replacements.append(TextChange.Replacement(start..<max(upper, start), insert: insert))
    }

    /// The begin of a range in the source, and the units shown before it of a token that it cuts.
    private mutating func mapLowerBound(_ range: Range<Int>) -> (Int, [UInt16]) {
        let position = range.lowerBound
        while next < formed.tokens.count, isBefore(formed.tokens[next], range) {
            pass(formed.tokens[next])
        }
        guard next < formed.tokens.count else { return (position + shift, []) }
        let token = formed.tokens[next]
        if token.shown.lowerBound >= position { return (position + shift, []) }
        var start = token.shown.lowerBound
        if let rest, rest.token == next {
            // What the last replacement left of the token stands in it already.
            start = rest.start
            if let last = replacements.popLast() {
                let left = token.shown.upperBound - rest.start
                replacements.append(
                    TextChange.Replacement(last.range, insert: Array(last.insert.dropLast(left))))
            }
        }
        return (token.source.lowerBound, formed.text[start..<position])
    }

    private func isBefore(_ token: Token, _ range: Range<Int>) -> Bool {
        let position = range.lowerBound
        if token.shown.upperBound != position { return token.shown.upperBound < position }
        return token.shown.isEmpty ? token.bond == .preceding : token.bond != .following
    }

    private mutating func pass(_ token: Token) {
        shift = token.source.upperBound - token.shown.upperBound
        next += 1
    }

    /// The end of a range in the source, and the units shown behind it of a token that it cuts.
    private mutating func mapUpperBound(_ range: Range<Int>, from lower: Int) -> (Int, [UInt16]) {
        rest = nil
        let end = range.upperBound
        if range.isEmpty {
            // Inside of a token, or at a place where nothing goes away.
            guard next < formed.tokens.count, formed.tokens[next].shown.lowerBound < end else { return (lower, []) }
        }
        while next < formed.tokens.count, formed.tokens[next].shown.lowerBound < end {
            let token = formed.tokens[next]
            if token.shown.upperBound > end {
                rest = (next, end)
                return (token.source.upperBound, formed.text[end..<token.shown.upperBound])
            }
            pass(token)
        }
        return (max(end + shift, lower), [])
    }

    /// Inserted text with the line ends that the room has around a place.
    private func converted(_ insert: [UInt16], near position: Int) -> [UInt16] {
        guard insert.contains(where: Unit.isLineEnd), let lineEnd = lineEnd(near: position) else { return insert }
        var units: [UInt16] = []
        units.reserveCapacity(insert.count)
        var previous: UInt16 = 0
        for unit in insert {
            if unit == Unit.lf, previous == Unit.cr {
                // The second half of a line end.
            } else if Unit.isLineEnd(unit) {
                units.append(contentsOf: lineEnd)
            } else {
                units.append(unit)
            }
            previous = unit
        }
        return units
    }

    /// The line end before a place in the source, or the first one behind it.
    private func lineEnd(near position: Int) -> [UInt16]? {
        var index = position - 1
        while index >= 0, !Unit.isLineEnd(source[index]) { index -= 1 }
        if index < 0 {
            index = position
            while index < source.count, !Unit.isLineEnd(source[index]) { index += 1 }
        }
        guard index < source.count else { return nil }
        if source[index] == Unit.cr {
            return index + 1 < source.count && source[index + 1] == Unit.lf ? [Unit.cr, Unit.lf] : [Unit.cr]
        }
        return index > 0 && source[index - 1] == Unit.cr ? [Unit.cr, Unit.lf] : [Unit.lf]
    }
}
