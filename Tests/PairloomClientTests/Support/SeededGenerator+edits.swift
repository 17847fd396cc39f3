import CollabText
import TestSupport

extension SeededGenerator {
    /// True once in so many times.
    mutating func isOnce(in times: Int) -> Bool {
        Int.random(in: 0..<times, using: &self) == 0
    }

    private static let snippets = [
        "a", "bc", " ", "\n", "let x = 1\n", "é", "e\u{301}", "漢字", "😀", "👩‍👩‍👧‍👦", "𝒳", "שלום",
    ]

    /// A change of a text in up to three places that never cuts a surrogate pair.
    mutating func change(of text: TextBuffer) -> TextChange {
        var replacements: [TextChange.Replacement] = []
        for start in cuts(of: text, count: Int.random(in: 1...3, using: &self))
        where start >= replacements.last?.range.upperBound ?? 0 {
            let end = isOnce(in: 2) ? start : boundary(in: text, near: start + Int.random(in: 0...6, using: &self))
            let insert = isOnce(in: 4) ? "" : Self.snippets.randomElement(using: &self) ?? ""
            replacements.append(.init(start..<max(start, end), insert: Array(insert.utf16)))
        }
        return (try? TextChange(baseLength: text.count, replacements: replacements)) ?? .identity(length: text.count)
    }

    /// An insertion somewhere in a text.
    mutating func insertion(of units: [UInt16], into text: TextBuffer) -> TextChange {
        let position = cuts(of: text, count: 1)[0]
        let replacement = TextChange.Replacement(position..<position, insert: units)
        return (try? TextChange(baseLength: text.count, replacements: [replacement])) ?? .identity(length: text.count)
    }

    private mutating func cuts(of text: TextBuffer, count: Int) -> [Int] {
        (0..<count).map { _ in boundary(in: text, near: Int.random(in: 0...text.count, using: &self)) }.sorted()
    }

    private func boundary(in text: TextBuffer, near position: Int) -> Int {
        guard position < text.count else { return text.count }
        return UTF16.isTrailSurrogate(text[position]) ? position - 1 : position
    }
}
