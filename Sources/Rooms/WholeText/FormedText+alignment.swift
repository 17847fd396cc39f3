import CollabText

extension FormedText {
    /// Finds out which parts of a shown text stand for which of its source, when the two differ by their form alone.
    ///
    /// - Returns: nil when they differ by more than that.
    init?(aligning shown: TextBuffer, with source: TextBuffer) {
        guard shown != source else {
            self.init(verbatim: shown)
            return
        }
        var alignment = FormAlignment(source: source[0..<source.count], shown: shown[0..<shown.count])
        guard alignment.align() else { return nil }
        self.init(text: shown, tokens: alignment.tokens)
    }
}

/// Walks through two texts at once and notes where they differ by their form.
private struct FormAlignment {
    private typealias Unit = TextForm.Unit

    private let source: [UInt16]
    private let shown: [UInt16]
    private var i = 0
    private var j = 0
    private(set) var tokens: [FormedText.Token] = []

    init(source: [UInt16], shown: [UInt16]) {
        self.source = source
        self.shown = shown
    }

    mutating func align() -> Bool {
        if source.first == Unit.byteOrderMark, shown.first != Unit.byteOrderMark {
            add(source: 1, shown: 0, bond: .preceding)
        } else if shown.first == Unit.byteOrderMark, source.first != Unit.byteOrderMark {
            add(source: 0, shown: 1)
        }
        while true {
            while i < source.count, j < shown.count, source[i] == shown[j] { (i, j) = (i + 1, j + 1) }
            if i == source.count, j == shown.count { return true }
            guard alignDifference() else { return false }
        }
    }

    /// Notes the difference at which the walk has stopped.
    private mutating func alignDifference() -> Bool {
        alignLineEnds() || alignFinalLineEnds() || alignBlanks() || alignCharacters()
    }

    private mutating func add(source count: Int, shown shownCount: Int, bond: FormedText.Token.Bond = .none) {
        tokens.append(FormedText.Token(source: i..<(i + count), shown: j..<(j + shownCount), bond: bond))
        (i, j) = (i + count, j + shownCount)
    }

    private mutating func alignFinalLineEnds() -> Bool {
        if i == source.count, shown[j...].allSatisfy(Unit.isLineEnd) {
            add(source: 0, shown: shown.count - j, bond: .following)
            return true
        }
        if j == shown.count, source[i...].allSatisfy(Unit.isLineEnd) {
            add(source: source.count - i, shown: 0)
            return true
        }
        return false
    }

    private mutating func alignLineEnds() -> Bool {
        // The walk may have stopped between the two halves of a line end.
        if i > floor.source, j > floor.shown, source[i - 1] == Unit.cr { (i, j) = (i - 1, j - 1) }
        let counts = (Unit.lineEndCount(in: source[...], at: i), Unit.lineEndCount(in: shown[...], at: j))
        guard counts.0 > 0, counts.1 > 0 else { return false }
        add(source: counts.0, shown: counts.1)
        return true
    }

    private mutating func alignBlanks() -> Bool {
        let start = (i, j)
        while i > floor.source, j > floor.shown, isBlank(source[i - 1]) { (i, j) = (i - 1, j - 1) }
        let runs = (source[i...].prefix(while: isBlank), shown[j...].prefix(while: isBlank))
        let isTrailing = endsLine(source, at: runs.0.endIndex) && endsLine(shown, at: runs.1.endIndex)
        let isRewritten = !runs.0.isEmpty && !runs.1.isEmpty && (runs.0 + runs.1).contains { $0 != Unit.space }
        guard !(runs.0.isEmpty && runs.1.isEmpty), isTrailing || isRewritten else {
            (i, j) = start
            return false
        }
        add(source: runs.0.count, shown: runs.1.count)
        return true
    }

    private func isBlank(_ unit: UInt16) -> Bool {
        Unit.isBlank(unit) || unit == Unit.noBreakSpace
    }

    private func endsLine(_ units: [UInt16], at index: Int) -> Bool {
        index == units.count || Unit.isLineEnd(units[index])
    }

    /// The end of the last token: what is before it is not looked at again.
    private var floor: (source: Int, shown: Int) {
        tokens.last.map { ($0.source.upperBound, $0.shown.upperBound) } ?? (0, 0)
    }

    private mutating func alignCharacters() -> Bool {
        let start = (i, j)
        // The walk may have stopped behind the first scalar of a character.
        if i > floor.source, j > floor.shown, !isBlank(source[i - 1]), !Unit.isLineEnd(source[i - 1]) {
            (i, j) = (i - 1, j - 1)
            if i > floor.source, j > floor.shown, UTF16.isTrailSurrogate(source[i]) { (i, j) = (i - 1, j - 1) }
        }
        for _ in 0..<2 {
            // A character is short; a longer one is no letter that anybody typed.
            let old = Self.firstCharacter(of: source[i...].prefix(64))
            let new = Self.firstCharacter(of: shown[j...].prefix(64))
            if let old, let new, old == new, !old.utf16.elementsEqual(new.utf16) {
                add(source: old.utf16.count, shown: new.utf16.count)
                return true
            }
            (i, j) = start
        }
        return false
    }

    private static func firstCharacter(of units: ArraySlice<UInt16>) -> Character? {
        String(decoding: units, as: UTF16.self).first
    }
}
