import CollabText

extension TextForm {
    /// For each aspect of a form, the first form with that aspect of the second: what looks like one may be typing, and the
    /// next be the form.
    static let aspects: [@Sendable (TextForm, TextForm) -> TextForm] = [
        aspect { $0.lineEnd = $1.lineEnd },
        aspect { $0.indentation = $1.indentation },
        aspect { $0.stripsTrailingBlanks = $1.stripsTrailingBlanks },
        aspect { $0.normalization = $1.normalization },
        aspect { $0.byteOrderMark = $1.byteOrderMark },
        aspect { $0.replacesNoBreakSpaces = $1.replacesNoBreakSpaces },
        aspect { $0.finalNewline = $1.finalNewline },
    ]

    private static func aspect(
        _ take: @escaping @Sendable (inout TextForm, TextForm) -> Void
    ) -> @Sendable (TextForm, TextForm) -> TextForm {
        { form, other in
            var form = form
            take(&form, other)
            return form
        }
    }

    /// The form that a client most likely has whose text was compared with one that it was sent.
    ///
    /// Where the two texts leave no trace of one aspect of the form, that stays as it is in this one. Final line ends are
    /// compared only when `includesFinalNewline` is true: people type and delete them, too.
    func learned(from comparison: FormComparison, includesFinalNewline: Bool) -> TextForm {
        let (old, new) = (comparison.source, comparison.shown)
        var form = self
        form.learnLineEnd(old, new)
        form.learnIndentation(old, new)
        form.learnBlanks(old, new)
        if old.hasByteOrderMark != new.hasByteOrderMark {
            form.byteOrderMark = new.hasByteOrderMark ? .added : .removed
        } else if byteOrderMark == (new.hasByteOrderMark ? .removed : .added) {
            form.byteOrderMark = nil
        }
        if includesFinalNewline { form.learnFinalNewline(old.finalLineEnds, new.finalLineEnds) }
        if old.hasNonASCII, new.hasNonASCII { form.learnNormalization(old, new) }
        return form
    }

    private mutating func learnLineEnd(_ old: FormTraits, _ new: FormTraits) {
        let kinds = LineEnd.allCases.map { (kind: $0, count: new.lineEnds[$0, default: 0]) }
        guard let (kind, count) = kinds.max(by: { $0.count < $1.count }), count > 0 else { return }
        let others = new.lineEndCount - count
        let oldCount = old.lineEnds[kind, default: 0]
        if oldCount == old.lineEndCount {
            // Nothing was there to be rewritten.
            if lineEnd != kind { lineEnd = nil }
        } else if others == 0 || (others * 8 <= count && oldCount * 2 < count) {
            lineEnd = kind
        } else {
            lineEnd = nil
        }
    }

    private mutating func learnIndentation(_ old: FormTraits, _ new: FormTraits) {
        if old.tabs > 0, new.tabs == 0, new.spaces > old.spaces {
            indentation = .spaces(Self.width(of: new.spaces - old.spaces, per: old.tabs))
        } else if new.tabs > old.tabs, old.spaces - new.spaces >= 2 * (new.tabs - old.tabs) {
            indentation = .tabs(Self.width(of: old.spaces - new.spaces, per: new.tabs - old.tabs))
        } else if case .spaces = indentation, old.tabs > 0, new.tabs >= old.tabs {
            indentation = nil
        } else if case .tabs(let width) = indentation, old.leadingSpaces >= width,
            new.leadingSpaces >= old.leadingSpaces
        {
            indentation = nil
        }
    }

    /// The width of a tab that makes `spaces` of `tabs`: the nearest common one.
    private static func width(of spaces: Int, per tabs: Int) -> Int {
        let width = (spaces + tabs / 2) / max(tabs, 1)
        return [2, 4, 8].min { abs($0 - width) < abs($1 - width) } ?? width
    }

    private mutating func learnBlanks(_ old: FormTraits, _ new: FormTraits) {
        if old.linesWithTrailingBlanks > 0 {
            if new.linesWithTrailingBlanks * 2 <= old.linesWithTrailingBlanks {
                stripsTrailingBlanks = true
            } else if new.linesWithTrailingBlanks >= old.linesWithTrailingBlanks {
                stripsTrailingBlanks = false
            }
        }
        if old.noBreakSpaces > 0 {
            if new.noBreakSpaces == 0 {
                replacesNoBreakSpaces = true
            } else if new.noBreakSpaces >= old.noBreakSpaces {
                replacesNoBreakSpaces = false
            }
        }
    }

    private mutating func learnFinalNewline(_ old: Int, _ new: Int) {
        switch (old, new) {
        case (0, 1...): finalNewline = .added
        case (0, 0): if finalNewline == .added { finalNewline = nil }
        case (1, 0): finalNewline = .removed
        case (_, 0): finalNewline = .allRemoved
        case (_, old - 1): finalNewline = .removed
        default: finalNewline = nil
        }
    }

    private mutating func learnNormalization(_ old: FormTraits, _ new: FormTraits) {
        for kind in Normalization.allCases where !old.normalizations.contains(kind) {
            if new.normalizations.contains(kind) {
                normalization = kind
            } else if normalization == kind {
                normalization = nil
            }
        }
    }
}

/// A text that a client was sent, and the one that it sent back with some typing in it, by their traits.
struct FormComparison {
    fileprivate let source: FormTraits
    fileprivate let shown: FormTraits

    /// Compares a text with each of several that the client may have been sent.
    static func of(_ sources: [TextBuffer], with shown: TextBuffer) -> [FormComparison] {
        let shown = FormTraits(of: shown)
        return sources.map { FormComparison(source: FormTraits(of: $0), shown: shown) }
    }
}

/// The traces that forms leave in a text.
private struct FormTraits {
    private typealias Unit = TextForm.Unit

    var lineEnds: [TextForm.LineEnd: Int] = [:]
    var lineEndCount = 0
    /// The number of line ends that the text ends with.
    var finalLineEnds = 0
    /// Without those at the ends of lines.
    var tabs = 0
    var spaces = 0
    /// Spaces at the beginnings of lines.
    var leadingSpaces = 0
    var linesWithTrailingBlanks = 0
    var noBreakSpaces = 0
    var hasByteOrderMark = false
    var hasNonASCII = false
    /// The normalization forms that the text has; found out only for texts beyond ASCII.
    var normalizations: Set<TextForm.Normalization> = []

    /// The tabs and spaces since the last unit that is neither.
    private var blanks = (tabs: 0, spaces: 0)
    private var isAtLineStart = true

    init(of text: TextBuffer) {
        var previous: UInt16 = 0
        hasByteOrderMark = !text.isEmpty && text[0] == Unit.byteOrderMark
        text.forEachSegment { units in
            for unit in units {
                add(unit, after: previous)
                previous = unit
            }
        }
        endLine()
        if hasNonASCII {
            let units = text[0..<text.count]
            normalizations = Set(TextForm.Normalization.allCases.filter { $0.isForm(of: units) })
        }
    }

    private mutating func add(_ unit: UInt16, after previous: UInt16) {
        switch unit {
        case Unit.tab: blanks.tabs += 1
        case Unit.space: blanks.spaces += 1
        case Unit.lf where previous == Unit.cr:
            lineEnds[.cr, default: 0] -= 1
            lineEnds[.crlf, default: 0] += 1
        case Unit.lf, Unit.cr:
            endLine()
            lineEnds[unit == Unit.lf ? .lf : .cr, default: 0] += 1
            lineEndCount += 1
            finalLineEnds += 1
            isAtLineStart = true
        default:
            if isAtLineStart { leadingSpaces += blanks.spaces }
            isAtLineStart = false
            finalLineEnds = 0
            tabs += blanks.tabs
            spaces += blanks.spaces
            blanks = (0, 0)
            if unit >= 0x80 { hasNonASCII = true }
            if unit == Unit.noBreakSpace { noBreakSpaces += 1 }
        }
    }

    private mutating func endLine() {
        if blanks != (0, 0) {
            linesWithTrailingBlanks += 1
            finalLineEnds = 0
        }
        blanks = (0, 0)
    }
}
