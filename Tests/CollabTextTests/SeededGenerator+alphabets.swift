import CollabText
import TestSupport

/// Kinds of text that a law must hold for, each of its own.
enum Alphabet: CaseIterable, Sendable {
    case ascii
    case emoji
    case combiningMarks
    case crlfLines
    case rightToLeft

    fileprivate var snippets: [String] {
        switch self {
        case .ascii: ["a", "b", "ab", " ", "let x = 1;", "\n", "func f() {", "}", "_", "    "]
        case .emoji: ["😀", "😁", "🇨🇭", "👍🏽", "👩‍👩‍👧‍👦", "👩‍🚀", "❤️", "🏴‍☠️", "\u{200D}", "x"]
        case .combiningMarks: ["e\u{301}", "\u{301}", "\u{327}", "a\u{308}\u{323}", "é", "각", "ก็", "क्षि", "\u{1D15E}"]
        case .crlfLines: ["\r\n", "\r\n\r\n", "a\r\n", "bc", "\n", "\r", "}\r\n", "\tx = 1"]
        case .rightToLeft: ["שלום", "مرحبا", "\u{202E}", "\u{200F}", "\u{2067}abc\u{2069}", "אָ", "لا", "𐤀𐤁", " ", "12"]
        }
    }
}

extension SeededGenerator {
    /// A well-formed text of up to 20 snippets of one alphabet.
    mutating func text(of alphabet: Alphabet) -> TextBuffer {
        TextBuffer((0..<Int.random(in: 0...20, using: &self)).map { _ in snippet(of: alphabet) }.joined())
    }

    /// A well-formed text of 300 snippets of one alphabet, so that there is much between two places of it.
    mutating func longText(of alphabet: Alphabet) -> TextBuffer {
        TextBuffer((0..<300).map { _ in snippet(of: alphabet) }.joined())
    }

    /// A change of a text in up to four places that never cuts a surrogate pair and brings in one alphabet.
    mutating func change(of text: TextBuffer, with alphabet: Alphabet) -> TextChange {
        change(length: text.count, boundaries: boundaries(of: text)) { Array($0.snippet(of: alphabet).utf16) }
    }

    /// A change of a text in one place, at most, that never cuts a surrogate pair.
    mutating func replacement(in text: TextBuffer, with alphabet: Alphabet) -> TextChange {
        let boundaries = boundaries(of: text)
        let cuts = (0..<2).map { _ in boundaries[Int.random(in: 0..<boundaries.count, using: &self)] }.sorted()
        let range = Bool.random(using: &self) ? cuts[0]..<cuts[0] : cuts[0]..<cuts[1]
        let units = Bool.random(using: &self) ? [] : Array(snippet(of: alphabet).utf16)
        return (try? TextChange(baseLength: text.count, replacements: [.init(range, insert: units)]))
            ?? .identity(length: text.count)
    }

    mutating func snippet(of alphabet: Alphabet) -> String {
        let snippets = alphabet.snippets
        return snippets[Int.random(in: 0..<snippets.count, using: &self)]
    }

    /// The positions that are not inside a surrogate pair.
    func boundaries(of text: TextBuffer) -> [Int] {
        (0...text.count).filter { position in
            position == 0 || position == text.count || !UTF16.isTrailSurrogate(text[position])
        }
    }
}
