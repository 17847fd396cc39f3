import ProviderKit

/// Walks through a text and tells code from comments, strings and prose.
///
/// It hops from one unit that matters to the next with a table look-up for each unit between. This is where most of
/// the time goes, so states are plain values, and nothing is copied or counted on the way.
struct LexicalScanner {
    /// Code in strings in code in strings is followed this far; what is deeper counts as part of its string.
    private static let deepest = 64

    /// What a stretch of text is.
    enum State {
        case code
        /// Text that is neither code nor a string, with code in it, as around the tags of HTML.
        case prose
        case lineComment
        /// A comment of the kind with this place in the syntax.
        case blockComment(Int, depth: Int)
        /// A string of the kind with this place in the syntax, with the place of its first unit.
        case string(Int, start: Int)
        /// Code inside a string or prose, by its kind's place in the syntax, with the place where it begins and the
        /// number of its open brackets.
        case interpolation(Int, start: Int, depth: Int)
    }

    /// The runs of code found so far, in order.
    private(set) var codeRanges: [Range<Int>] = []
    /// What stands in the brackets of tags that are complete, in order; empty where the text is no prose.
    private(set) var tags: [Range<Int>] = []
    private(set) var state: State

    private let units: [UInt16]
    private let syntax: LexicalSyntax
    private let names: NameUnits
    private var position = 0
    private var codeStart = 0
    /// How far `advance` may look.
    private var end = 0
    /// What is around the state, the innermost last.
    private var outerStates: [State] = []

    /// A scanner at the start of the units.
    ///
    /// - Parameter state: what the first unit stands in; what is around that is the usual text of the language.
    init(units: [UInt16], rules: LanguageRules, startingIn state: State? = nil) {
        self.units = units
        self.syntax = rules.syntax
        self.names = rules.names
        let usual = rules.syntax.codeBetween == nil ? State.code : .prose
        self.state = state ?? usual
        if state != nil { outerStates = [usual] }
    }

    /// Whether the position is outside of comments, strings and prose.
    var isInCode: Bool {
        switch state {
        case .code, .interpolation: true
        case .prose, .lineComment, .blockComment, .string: false
        }
    }

    /// Whether the text is prose with code in it.
    private var isInMarkup: Bool { syntax.codeBetween != nil }

    /// Walks on to a position; nothing behind it has a say.
    mutating func advance(to end: Int, within limit: WorkLimit) throws(AutocompleteError) {
        self.end = end
        let units = units
        while position < end {
            try limit.check()
            let stop = min(end, position + WorkLimit.stride)
            units.withUnsafeBufferPointer { walk($0, to: stop) }
        }
        if isInCode { endCode() }
    }

    private mutating func walk(_ units: UnsafeBufferPointer<UInt16>, to stop: Int) {
        while position < stop {
            skip(to: roles, in: units, until: stop)
            if position < stop { take(Lookahead(units, at: position, end: end)) }
        }
    }

    /// What matters in the present state.
    private var roles: LexicalSyntax.Roles {
        switch state {
        case .code: .opening
        case .prose: .prose
        case .interpolation: [.opening, .bracket]
        case .lineComment: .newline
        case .blockComment: .comment
        case .string(let kind, _): syntax.strings[kind].spansLines ? .string : [.string, .newline]
        }
    }

    /// Skips the units that have none of these roles.
    private mutating func skip(
        to roles: LexicalSyntax.Roles, in units: UnsafeBufferPointer<UInt16>, until stop: Int
    ) {
        var next = position
        syntax.roles.withUnsafeBufferPointer { table in
            while next < stop, units[next] >= 0x80 || table[Int(units[next])].isDisjoint(with: roles) { next += 1 }
        }
        position = next
    }

    /// Takes the unit at the position, which may matter, and all that belongs to it.
    private mutating func take(_ ahead: Lookahead) {
        switch state {
        case .code: takeInCode(ahead)
        case .prose: takeInProse(ahead)
        case .interpolation(let kind, let start, let depth):
            takeInInterpolation(ahead, kind, start: start, depth: depth)
        case .lineComment: leave(by: 0)
        case .blockComment(let kind, let depth): takeInComment(ahead, kind, depth: depth)
        case .string(let kind, _): takeInString(ahead, kind)
        }
    }

    private mutating func takeInCode(_ ahead: Lookahead) {
        // First those with an end, since their marks may begin as the others do: `--[[` and `--`.
        if entersComment(ahead) { return }
        for kind in syntax.lineComments.indices where begins(lineComment: kind, ahead) {
            return enter(.lineComment, by: syntax.lineComments[kind].mark.count)
        }
        for kind in syntax.strings.indices where begins(string: kind, ahead) {
            let length = syntax.strings[kind].open.count
            return enter(.string(kind, start: position + length), by: length)
        }
        position += 1
    }

    private mutating func entersComment(_ ahead: Lookahead) -> Bool {
        for kind in syntax.blockComments.indices where syntax.blockComments[kind].open.begins(ahead) {
            enter(.blockComment(kind, depth: 1), by: syntax.blockComments[kind].open.count)
            return true
        }
        return false
    }

    private mutating func takeInProse(_ ahead: Lookahead) {
        if entersComment(ahead) { return }
        let kind = syntax.interpolations.count - 1
        guard kind >= 0, syntax.interpolations[kind].open.begins(ahead) else {
            position += 1
            return
        }
        guard beginsTag(ahead[syntax.interpolations[kind].open.count]) else {
            position += 1
            return
        }
        enterInterpolation(kind)
    }

    private mutating func enterInterpolation(_ kind: Int) {
        let length = syntax.interpolations[kind].open.count
        enter(.interpolation(kind, start: position + length, depth: 1), by: length)
    }

    private mutating func takeInInterpolation(_ ahead: Lookahead, _ kind: Int, start: Int, depth: Int) {
        if ahead[0] == syntax.interpolations[kind].opener {
            if isInMarkup {
                // A tag that was never ended; there are none inside of another.
                leave(by: 0)
                return takeInProse(ahead)
            }
            state = .interpolation(kind, start: start, depth: depth + 1)
            position += 1
        } else if ahead[0] != syntax.interpolations[kind].closer {
            takeInCode(ahead)
        } else if depth > 1 {
            state = .interpolation(kind, start: start, depth: depth - 1)
            position += 1
        } else {
            if isInMarkup { tags.append(start..<position) }
            leave(by: 1)
        }
    }

    private mutating func takeInComment(_ ahead: Lookahead, _ kind: Int, depth: Int) {
        let comment = syntax.blockComments[kind]
        if comment.close.begins(ahead) {
            if depth == 1 { return leave(by: comment.close.count) }
            state = .blockComment(kind, depth: depth - 1)
            position += comment.close.count
        } else if comment.nests, comment.open.begins(ahead) {
            state = .blockComment(kind, depth: depth + 1)
            position += comment.open.count
        } else {
            position += 1
        }
    }

    private mutating func takeInString(_ ahead: Lookahead, _ kind: Int) {
        if syntax.strings[kind].close.begins(ahead) { return leave(by: syntax.strings[kind].close.count) }
        if outerStates.count < Self.deepest {
            for code in syntax.interpolationsOfStrings[kind] where syntax.interpolations[code].open.begins(ahead) {
                return enterInterpolation(code)
            }
        }
        if ahead[0] == StringSyntax.escape, syntax.strings[kind].escapes {
            position = min(position + 2, end)
        } else if ahead[0].isNewline, !syntax.strings[kind].spansLines {
            leave(by: 0)
        } else {
            position += 1
        }
    }

    /// Begins something inside the present state.
    private mutating func enter(_ inner: State, by length: Int) {
        if isInCode { endCode() }
        outerStates.append(state)
        state = inner
        position = min(position + length, end)
        codeStart = position
    }

    /// Ends the present state; what was around it goes on.
    private mutating func leave(by length: Int) {
        if isInCode { endCode() }
        state = outerStates.popLast() ?? .code
        position = min(position + length, end)
        codeStart = position
    }

    private mutating func endCode() {
        if position > codeStart { codeRanges.append(codeStart..<position) }
        codeStart = position
    }

    private func begins(lineComment kind: Int, _ ahead: Lookahead) -> Bool {
        guard syntax.lineComments[kind].mark.begins(ahead) else { return false }
        guard syntax.lineComments[kind].isBehindBlank, position > 0 else { return true }
        return units[position - 1].isBlank || units[position - 1].isNewline
    }

    private func begins(string kind: Int, _ ahead: Lookahead) -> Bool {
        let open = syntax.strings[kind].open
        guard open.begins(ahead) else { return false }
        // A mark that begins with a letter, such as r", is none at the end of a name.
        if names.contain(open.first), position > 0, names.contain(units[position - 1]) { return false }
        return !syntax.strings[kind].isCharacter || holdsOneCharacter(ahead)
    }

    /// Whether a quote has its twin right behind one character, or an escape follows it.
    private func holdsOneCharacter(_ ahead: Lookahead) -> Bool {
        if ahead[1] == StringSyntax.escape { return true }
        return ahead[UTF16.isLeadSurrogate(ahead[1]) ? 3 : 2] == ahead[0]
    }

    /// Whether a tag may go on with this unit; a smaller-than sign in prose does not.
    private func beginsTag(_ unit: UInt16) -> Bool {
        unit == 0 || unit == 0x2F || names.contain(unit)
    }
}
