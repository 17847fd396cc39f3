import CollabText
import TestSupport

/// Pieces of text that trip up careless code.
private let snippets: [String] = [
    "a", "b", "ab", " ", "let x = 1;", "\n", "\r\n", "\t", "é", "e\u{301}", "\u{301}", "\u{327}", "ß", "שלום", "مرحبا",
    "\u{202E}", "\u{200D}", "漢字", "한", "😀", "👩‍👩‍👧‍👦", "🇨🇭", "👍🏽", "𝒳",
    "\u{FFFD}", "\u{FEFF}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}",
]

extension SeededGenerator {
    /// A well-formed text of up to 20 snippets.
    mutating func text() -> TextBuffer {
        TextBuffer((0..<Int.random(in: 0...20, using: &self)).map { _ in snippet() }.joined())
    }

    /// Any code units: letters, and many halves of surrogate pairs in any order.
    mutating func wildText() -> TextBuffer {
        TextBuffer(units: wildUnits(atMost: 30))
    }

    /// A change of a text in up to four places that never cuts a surrogate pair.
    mutating func change(of text: TextBuffer) -> TextChange {
        change(length: text.count, boundaries: boundaries(of: text)) { Array($0.snippet().utf16) }
    }

    /// A change of a text in up to four places, anywhere, that brings in any code units.
    mutating func wildChange(of text: TextBuffer) -> TextChange {
        change(length: text.count, boundaries: Array(0...text.count)) { $0.wildUnits(atMost: 4) }
    }

    /// Bytes that are sometimes UTF-8, often nearly so.
    mutating func nearlyUTF8() -> [UInt8] {
        var bytes = text().utf8
        for _ in 0..<Int.random(in: 0...2, using: &self) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<3, using: &self) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes.remove(at: index)
            default: bytes.insert(UInt8.random(in: 0x80...0xFF, using: &self), at: index)
            }
        }
        return bytes
    }

    private mutating func snippet() -> String {
        snippets[Int.random(in: 0..<snippets.count, using: &self)]
    }

    mutating func wildUnits(atMost limit: Int) -> [UInt16] {
        (0..<Int.random(in: 0...limit, using: &self)).map { _ in
            switch Int.random(in: 0..<4, using: &self) {
            case 0: UInt16.random(in: 0xD800...0xDBFF, using: &self)
            case 1: UInt16.random(in: 0xDC00...0xDFFF, using: &self)
            case 2: UInt16.random(in: 0x61...0x64, using: &self)
            default: UInt16.random(in: .min ... .max, using: &self)
            }
        }
    }

    mutating func change(
        length: Int, boundaries: [Int], insert: (inout SeededGenerator) -> [UInt16]
    ) -> TextChange {
        let places = Int.random(in: 0...4, using: &self)
        let cuts = (0..<(places * 2)).map { _ in boundaries[Int.random(in: 0..<boundaries.count, using: &self)] }
            .sorted()
        let replacements = (0..<places).map { place in
            let start = cuts[place * 2]
            let end = Bool.random(using: &self) ? start : cuts[place * 2 + 1]
            let isDeletion = Int.random(in: 0..<4, using: &self) == 0
            return TextChange.Replacement(start..<end, insert: isDeletion ? [] : insert(&self))
        }
        return (try? TextChange(baseLength: length, replacements: replacements)) ?? .identity(length: length)
    }
}
