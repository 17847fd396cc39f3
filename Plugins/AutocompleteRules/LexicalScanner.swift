import ProviderKit

/// Walks through a text from its start and tells code from comments and strings.
///
/// The start of the text is the only place whose state is known, so the walk begins there. It hops from one unit that
/// matters to the next with a table look-up for each unit between: a few milliseconds for a text of 1 MiB.
struct LexicalScanner {
    /// Code in strings in code in strings is followed this far; what is deeper counts as part of its string.
    private static let deepest = 64

    /// The runs of code found so far that end behind `keepingCodeFrom`, in order.
    private(set) var codeRanges: [Range<Int>] = []

    private let units: [UInt16]
    private let syntax: LexicalSyntax
    private let keepingCodeFrom: Int
    private var position = 0
    private var codeStart = 0
    /// How far `advance` may look.
    private var end = 0
    private var state = State.code
    /// What is around the state, the innermost last.
    private var outerStates: [State] = []

    private enum State {
        case code
        case lineComment
        case blockComment(BlockComment, depth: Int)
        case string(StringSyntax)
        /// Code inside a string, with the number of its open brackets.
        case interpolation(Interpolation, depth: Int)

        /// What matters in this state.
        var roles: LexicalSyntax.Roles {
            switch self {
            case .code: .opening
            case .interpolation: [.opening, .bracket]
            case .lineComment: .newline
            case .blockComment: .comment
            case .string(let string): string.spansLines ? .string : [.string, .newline]
            }
        }
    }

    init(units: [UInt16], syntax: LexicalSyntax, keepingCodeFrom: Int) {
        self.units = units
        self.syntax = syntax
        self.keepingCodeFrom = keepingCodeFrom
    }

    /// Whether the position is outside of comments and strings.
    var isInCode: Bool {
        switch state {
        case .code, .interpolation: true
        case .lineComment, .blockComment, .string: false
        }
    }

    /// Whether the position is in code that stands inside a string.
    var isInInterpolation: Bool {
        if case .interpolation = state { true } else { false }
    }

    /// Walks on to a position; nothing behind it has a say.
    mutating func advance(to end: Int, within limit: WorkLimit) throws(AutocompleteError) {
        self.end = end
        while position < end {
            try limit.check()
            let stop = min(end, position + WorkLimit.stride)
            while position < stop {
                skip(to: state.roles, until: stop)
                if position < stop { take(Lookahead(units, at: position, end: end)) }
            }
        }
        if isInCode { endCode() }
    }

    /// Skips the units that have none of these roles.
    private mutating func skip(to roles: LexicalSyntax.Roles, until stop: Int) {
        var next = position
        while next < stop, units[next] >= 0x80 || syntax.roles[Int(units[next])].isDisjoint(with: roles) { next += 1 }
        position = next
    }

    /// Takes the unit at the position, which may matter, and all that belongs to it.
    private mutating func take(_ ahead: Lookahead) {
        switch state {
        case .code: takeInCode(ahead)
        case .interpolation(let interpolation, let depth): take(ahead, in: interpolation, depth: depth)
        case .lineComment: leave(by: 0)
        case .blockComment(let comment, let depth): take(ahead, in: comment, depth: depth)
        case .string(let string): take(ahead, in: string)
        }
    }

    private mutating func takeInCode(_ ahead: Lookahead) {
        for mark in syntax.lineComments where mark.begins(ahead) { return enter(.lineComment, by: mark.count) }
        for comment in syntax.blockComments where comment.open.begins(ahead) {
            return enter(.blockComment(comment, depth: 1), by: comment.open.count)
        }
        for string in syntax.strings where begins(string, ahead) {
            return enter(.string(string), by: string.open.count)
        }
        position += 1
    }

    private mutating func take(_ ahead: Lookahead, in interpolation: Interpolation, depth: Int) {
        switch ahead[0] {
        case interpolation.opener:
            state = .interpolation(interpolation, depth: depth + 1)
            position += 1
        case interpolation.closer where depth > 1:
            state = .interpolation(interpolation, depth: depth - 1)
            position += 1
        case interpolation.closer:
            endCode()
            leave(by: 1)
        default:
            takeInCode(ahead)
        }
    }

    private mutating func take(_ ahead: Lookahead, in comment: BlockComment, depth: Int) {
        if comment.close.begins(ahead) {
            if depth == 1 { return leave(by: comment.close.count) }
            state = .blockComment(comment, depth: depth - 1)
            position += comment.close.count
        } else if comment.nests, comment.open.begins(ahead) {
            state = .blockComment(comment, depth: depth + 1)
            position += comment.open.count
        } else {
            position += 1
        }
    }

    private mutating func take(_ ahead: Lookahead, in string: StringSyntax) {
        if string.close.begins(ahead) {
            leave(by: string.close.count)
        } else if let interpolation = string.interpolation, interpolation.open.begins(ahead),
            outerStates.count < Self.deepest
        {
            enter(.interpolation(interpolation, depth: 1), by: interpolation.open.count)
        } else if ahead[0] == string.escape {
            position = min(position + 2, end)
        } else if !string.spansLines, ahead[0].isNewline {
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
        position += length
        codeStart = position
    }

    /// Ends the present state; what was around it goes on.
    private mutating func leave(by length: Int) {
        state = outerStates.popLast() ?? .code
        position += length
        codeStart = position
    }

    private mutating func endCode() {
        if position > codeStart, position > keepingCodeFrom { codeRanges.append(codeStart..<position) }
        codeStart = position
    }

    private func begins(_ string: StringSyntax, _ ahead: Lookahead) -> Bool {
        guard string.open.begins(ahead) else { return false }
        // A mark that begins with a letter, such as r", is none at the end of a name.
        if string.open.first.isIdentifier, position > 0, units[position - 1].isIdentifier { return false }
        return !string.isCharacter || holdsOneCharacter(ahead)
    }

    /// Whether a quote has its twin right behind one character, or an escape follows it.
    private func holdsOneCharacter(_ ahead: Lookahead) -> Bool {
        if ahead[1] == 0x5C { return true }
        return ahead[UTF16.isLeadSurrogate(ahead[1]) ? 3 : 2] == ahead[0]
    }
}
