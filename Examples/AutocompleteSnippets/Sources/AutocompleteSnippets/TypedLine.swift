import CollabText

/// A line of a text up to the cursor, which stands at its end.
struct TypedLine {
    /// How much of a line is looked at, in UTF-16 code units: far more than anybody types.
    private static let longest = 1_000

    private let units: ArraySlice<UInt16>

    /// Nil when the line is too long, or goes on behind the cursor with more than blanks.
    init?(of text: TextBuffer, endingAt cursor: Int) {
        // Pieces are copied, not the text: it may be long.
        let before = text[max(0, cursor - Self.longest)..<cursor]
        let behind = text[cursor..<min(cursor + Self.longest, text.count)]
        units = before.suffix(while: { !$0.isNewline })
        guard units.count < Self.longest, behind.prefix(while: { !$0.isNewline }).allSatisfy(\.isBlank) else {
            return nil
        }
    }

    /// The word before the cursor, the longest there is; empty when there is none.
    var word: String {
        String(decoding: units.suffix(while: \.isWordPart), as: UTF16.self)
    }

    /// A text as it continues the line: its further lines are indented like this one.
    func continuation(_ text: String) -> String {
        let indentation = String(decoding: units.prefix(while: \.isBlank), as: UTF16.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.dropFirst().reduce(String(lines.first ?? "")) { text, line in
            text + "\n" + (line.isEmpty ? "" : indentation) + line
        }
    }
}

extension UInt16 {
    /// Whether it is a part of words: a letter, a digit or a mark of any script, or `_`. Half of a surrogate pair counts,
    /// so that a word never begins in the middle of something.
    var isWordPart: Bool { Unicode.Scalar(self)?.properties.isXIDContinue ?? true }

    fileprivate var isNewline: Bool { self == 0x0A || self == 0x0D }

    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension BidirectionalCollection {
    /// The longest run of elements at the end that are as wanted.
    fileprivate func suffix(while isWanted: (Element) -> Bool) -> SubSequence {
        self[(lastIndex { !isWanted($0) }.map(index(after:)) ?? startIndex)...]
    }
}
