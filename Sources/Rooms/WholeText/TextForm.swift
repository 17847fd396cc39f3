import CollabText
import Foundation

/// The way in which a client rewrites the texts that it receives before it shows them: line ends, blanks, Unicode.
///
/// An editor on Windows may show every line end as CRLF, and another one may strip blanks at the ends of lines. What such a
/// client sends back differs from what it was sent, though nobody typed. A form predicts the text that is shown;
/// ``applied(to:)`` also tells which of its parts stand for which of the room's.
struct TextForm: Hashable, Sendable {
    /// A line end.
    enum LineEnd: Hashable, Sendable, CaseIterable {
        case lf, crlf, cr

        var units: [UInt16] {
            switch self {
            case .lf: [Unit.lf]
            case .crlf: [Unit.cr, Unit.lf]
            case .cr: [Unit.cr]
            }
        }
    }

    /// A rewriting of tabs, or of leading spaces.
    enum Indentation: Hashable, Sendable {
        /// Each tab becomes so many spaces.
        case spaces(Int)
        /// So many spaces at the beginning of a line become a tab.
        case tabs(Int)
    }

    /// A rewriting of line ends at the end of the text.
    enum FinalNewline: Hashable, Sendable {
        /// One is added when the last line has none.
        case added
        /// One is removed.
        case removed
        /// All are removed.
        case allRemoved
    }

    /// A normalization form of Unicode (UAX #15).
    enum Normalization: Hashable, Sendable, CaseIterable {
        /// NFC.
        case composed
        /// NFD.
        case decomposed

        func isForm(of units: [UInt16]) -> Bool {
            applied(to: String(decoding: units, as: UTF16.self)).utf16.elementsEqual(units)
        }

        func applied(to text: String) -> String {
            switch self {
            case .composed: text.precomposedStringWithCanonicalMapping
            case .decomposed: text.decomposedStringWithCanonicalMapping
            }
        }
    }

    /// A rewriting of U+FEFF at the beginning of the text.
    enum ByteOrderMark: Hashable, Sendable {
        case added, removed
    }

    /// The line end that every line end becomes; nil when they are kept. The same holds for all that follows.
    var lineEnd: LineEnd?
    var indentation: Indentation?
    var stripsTrailingBlanks = false
    var finalNewline: FinalNewline?
    var normalization: Normalization?
    var byteOrderMark: ByteOrderMark?
    /// Whether U+00A0 becomes a space.
    var replacesNoBreakSpaces = false

    /// Whether texts are shown as they are sent.
    var isVerbatim: Bool { self == TextForm() }

    /// The text that a client of this form shows when it receives `text`.
    ///
    /// Takes a time that grows with the length of the text; none for a client that shows texts as they are.
    func applied(to text: TextBuffer) -> FormedText {
        if isVerbatim { return FormedText(verbatim: text) }
        var writer = FormWriter(self, text)
        return writer.write()
    }

    /// The code units that forms are about.
    enum Unit {
        static let tab: UInt16 = 0x09
        static let lf: UInt16 = 0x0A
        static let cr: UInt16 = 0x0D
        static let space: UInt16 = 0x20
        static let noBreakSpace: UInt16 = 0xA0
        static let byteOrderMark: UInt16 = 0xFEFF

        static func isLineEnd(_ unit: UInt16) -> Bool { unit == lf || unit == cr }
        /// The number of units of the line end at a position: 2 for CRLF, 0 when there is none.
        static func lineEndCount(in units: ArraySlice<UInt16>, at index: Int) -> Int {
            guard index < units.endIndex, isLineEnd(units[index]) else { return 0 }
            return units[index] == cr && index + 1 < units.endIndex && units[index + 1] == lf ? 2 : 1
        }
        static func isBlank(_ unit: UInt16) -> Bool { unit == space || unit == tab }
        static func isSpacing(_ unit: UInt16) -> Bool { isBlank(unit) || isLineEnd(unit) || unit == noBreakSpace }
        /// Whether some form rewrites texts with this unit.
        static func isRewritten(_ unit: UInt16) -> Bool { isBlank(unit) || isLineEnd(unit) || unit >= 0x80 }
        /// Whether some form adds this unit to texts that are only of ASCII and LF.
        static func isAdded(_ unit: UInt16) -> Bool { isLineEnd(unit) || unit == byteOrderMark }
    }
}

/// Writes a text in a form, from its beginning to its end.
private struct FormWriter {
    private typealias Unit = TextForm.Unit

    private let form: TextForm
    private let source: [UInt16]
    /// Whether the text is in the form's normalization already, as most texts are.
    private let isNormalized: Bool
    /// The position at which the final line ends begin that are removed.
    private let end: Int
    private var position = 0
    private var shown: [UInt16] = []
    private var tokens: [FormedText.Token] = []

    init(_ form: TextForm, _ text: TextBuffer) {
        self.form = form
        source = text[0..<text.count]
        isNormalized = form.normalization?.isForm(of: source) ?? true
        end = source.count - Self.removedCount(form.finalNewline, of: source)
        shown.reserveCapacity(source.count + source.count / 16)
    }

    /// The number of units at the end of the text that are removed.
    private static func removedCount(_ finalNewline: TextForm.FinalNewline?, of source: [UInt16]) -> Int {
        switch finalNewline {
        case .added, nil: 0
        case .allRemoved: source.reversed().prefix(while: Unit.isLineEnd).count
        case .removed:
            switch source.suffix(2) {
            case [Unit.cr, Unit.lf]: 2
            case let last where last.last.map(Unit.isLineEnd) ?? false: 1
            default: 0
            }
        }
    }

    mutating func write() -> FormedText {
        writeByteOrderMark()
        while position < end { writeLine() }
        if position < source.count { replace(upTo: source.count, with: []) }
        if form.finalNewline == .added, !(shown.last.map(Unit.isLineEnd) ?? false) {
            let last = source.last(where: Unit.isLineEnd) == Unit.cr ? [Unit.cr] : [Unit.lf]
            replace(upTo: position, with: form.lineEnd?.units ?? last, bond: .following)
        }
        return FormedText(text: TextBuffer(units: shown), tokens: tokens)
    }

    private mutating func writeByteOrderMark() {
        let hasMark = source.first == Unit.byteOrderMark
        switch form.byteOrderMark {
        case .removed where hasMark: replace(upTo: 1, with: [], bond: .preceding)
        case .added where !hasMark: replace(upTo: 0, with: [Unit.byteOrderMark])
        default: break
        }
    }

    private mutating func writeLine() {
        let lineEnd = source[position..<end].firstIndex(where: Unit.isLineEnd) ?? end
        var contentEnd = lineEnd
        if form.stripsTrailingBlanks {
            while contentEnd > position, isBlank(source[contentEnd - 1]) { contentEnd -= 1 }
        }
        if form.indentation != nil { writeIndentation(upTo: contentEnd) }
        writeContent(upTo: contentEnd)
        if contentEnd < lineEnd { replace(upTo: lineEnd, with: []) }
        guard lineEnd < end else { return }
        let next = lineEnd + Unit.lineEndCount(in: source[..<end], at: lineEnd)
        if let units = form.lineEnd?.units { replace(upTo: next, with: units) } else { keep(upTo: next) }
    }

    private func isBlank(_ unit: UInt16) -> Bool {
        Unit.isBlank(unit) || (form.replacesNoBreakSpaces && unit == Unit.noBreakSpace)
    }

    private mutating func writeIndentation(upTo contentEnd: Int) {
        guard case .tabs(let width) = form.indentation else { return }
        while position < contentEnd, Unit.isBlank(source[position]) {
            let spaces = source[position..<contentEnd].prefix { $0 == Unit.space }.prefix(width).count
            if spaces == width {
                replace(upTo: position + width, with: [Unit.tab])
            } else {
                keep(upTo: position + max(spaces, 1))
            }
        }
    }

    private mutating func writeContent(upTo contentEnd: Int) {
        if !isNormalized, source[position..<contentEnd].contains(where: { $0 >= 0x80 }) {
            return writeCharacters(upTo: contentEnd)
        }
        var expandsTabs = false
        if case .spaces = form.indentation { expandsTabs = true }
        guard expandsTabs || form.replacesNoBreakSpaces else { return keep(upTo: contentEnd) }
        while let next = source[position..<contentEnd].firstIndex(where: { $0 == Unit.tab || $0 == Unit.noBreakSpace })
        {
            keep(upTo: next)
            writeUnit()
        }
        keep(upTo: contentEnd)
    }

    private mutating func writeCharacters(upTo contentEnd: Int) {
        for character in String(decoding: source[position..<contentEnd], as: UTF16.self) {
            let count = character.utf16.count
            if count == 1, source[position] < 0x80 || source[position] == Unit.noBreakSpace {
                writeUnit()
            } else {
                let normalized = form.normalization?.applied(to: String(character)) ?? String(character)
                replace(upTo: position + count, with: Array(normalized.utf16))
            }
        }
    }

    /// Writes a unit that is a character of its own.
    private mutating func writeUnit() {
        switch (source[position], form.indentation) {
        case (Unit.tab, .spaces(let width)):
            replace(upTo: position + 1, with: Array(repeating: Unit.space, count: width))
        case (Unit.noBreakSpace, _) where form.replacesNoBreakSpaces:
            replace(upTo: position + 1, with: [Unit.space])
        default:
            keep(upTo: position + 1)
        }
    }

    private mutating func keep(upTo next: Int) {
        shown.append(contentsOf: source[position..<next])
        position = next
    }

    private mutating func replace(upTo next: Int, with units: [UInt16], bond: FormedText.Token.Bond = .none) {
        if source[position..<next] == units[...] { return keep(upTo: next) }
        let start = shown.count
        shown.append(contentsOf: units)
        tokens.append(FormedText.Token(source: position..<next, shown: start..<shown.count, bond: bond))
        position = next
    }
}
