import CollabText

extension ConflictConformance {
    /// Random texts and changes, the same for the same seed; always well-formed, seldom simple.
    struct TextSource {
        private var state: UInt64

        init(seed: UInt64) {
            state = seed
        }

        private static let snippets: [String] = [
            "a", "let x = 1", " ", "\n", "\r\n", "e\u{301}", "\u{301}", "ש", "مرحبا", "\u{200F}", "漢字", "😀",
            "👩‍👩‍👧‍👦", "🇨🇭", "𝒳", "\u{10FFFF}", "\u{FFFD}", "\u{FEFF}",
        ]

        /// A number from 0 to `bound - 1`, by SplitMix64.
        mutating func number(below bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }

        /// A text of up to twelve snippets.
        mutating func text() -> TextBuffer {
            TextBuffer((0..<number(below: 13)).map { _ in snippet() }.joined())
        }

        /// A change of a text in one to three places; none of them inside a surrogate pair.
        mutating func change(of text: TextBuffer) -> TextChange {
            let places = (0...number(below: 3)).map { _ in [position(in: text), position(in: text)] }
            let cuts = places.flatMap(\.self).sorted()
            let replacements = stride(from: 0, to: cuts.count, by: 2).map { index in
                let range = cuts[index]..<(number(below: 2) == 0 ? cuts[index] : cuts[index + 1])
                return TextChange.Replacement(range, insert: number(below: 4) == 0 ? [] : Array(snippet().utf16))
            }
            let change = try? TextChange(baseLength: text.count, replacements: replacements)
            return change ?? .identity(length: text.count)
        }

        private mutating func snippet() -> String {
            Self.snippets[number(below: Self.snippets.count)]
        }

        /// A place in a text that is not inside a surrogate pair.
        private mutating func position(in text: TextBuffer) -> Int {
            let position = number(below: text.count + 1)
            return position < text.count && UTF16.isTrailSurrogate(text[position]) ? position - 1 : position
        }
    }
}
