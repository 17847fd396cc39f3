/// Makes of what a model says the text to insert.
///
/// Models wrap it in code fences, explain it, begin with what stands before the cursor, and end with what follows it,
/// whatever they are told.
struct SuggestionCleaner {
    private let before: [UInt16]
    private let after: [UInt16]
    private let usesCRLF: Bool
    private let place: InsertionPlace

    /// In UTF-16 code units.
    private static let longest = 4_000
    /// How many characters of an answer are looked at, so that a long one takes no time.
    private static let longestAnswer = 16_000

    /// - Parameters:
    ///   - window: the code that the model was shown.
    ///   - language: its language, as a client named it.
    init(_ window: CodeWindow, language: String) {
        place = InsertionPlace(window, language: language)
        before = Array(window.before.utf16)
        after = Array(window.after.utf16)
        usesCRLF = window.before.utf16.contains("\r\n".utf16) || window.after.utf16.contains("\r\n".utf16)
    }

    /// The text to insert; nil when nothing is left.
    ///
    /// Line breaks become those of the code. It ends without whitespace, and after 4,000 UTF-16 code units at the
    /// latest, at the end of a line where there is one.
    func cleaned(_ answer: String) -> String? {
        let answer = Self.sound(answer).replacing("\r\n", with: "\n")
        guard let content = FencedAnswer(answer, at: place).content() else { return nil }
        var units = Array(content.replacing("\n", with: usesCRLF ? "\r\n" : "\n").utf16)
        units.removeFirst(PrefixRepetition(before).length(in: units))
        units = Self.bounded(Self.trimmed(units[...]))
        units.removeLast(SuffixOverlap(after).length(in: units))
        units = Array(Self.trimmed(units[...]))
        return units.isEmpty ? nil : String(decoding: units, as: UTF16.self)
    }

    /// Without U+0000, and without what stands for a character that was cut in two.
    private static func sound(_ text: String) -> String {
        var scalars = String.UnicodeScalarView(text.unicodeScalars.prefix(longestAnswer))
        scalars.removeAll { $0 == "\u{0}" || $0 == "\u{FFFD}" }
        return String(scalars)
    }

    private static func trimmed(_ units: ArraySlice<UInt16>) -> ArraySlice<UInt16> {
        units.dropLast(units.reversed().prefix { $0.isBlank || $0.isNewline }.count)
    }

    private static func bounded(_ units: ArraySlice<UInt16>) -> [UInt16] {
        guard units.count > longest else { return Array(units) }
        let start = units.prefix(longest)
        if let lineEnd = start.lastIndex(where: \.isNewline), lineEnd > start.startIndex {
            return Array(trimmed(start[..<lineEnd]))
        }
        return Array(start.last.map(UTF16.isLeadSurrogate) == true ? start.dropLast() : start)
    }
}
