import CollabText
import TestSupport

/// A random edit of whatever text it meets: it puts a marker somewhere, and replaces a little of what is no marker.
///
/// Markers are characters for private use. Each is put once and nobody deletes one, so that a text tells by itself
/// which edits are in it.
struct ConvergenceEdit: Sendable {
    /// What markers there are: the private use area.
    static let markers = UInt16(0xE000)...0xF8FF

    let marker: UInt16
    let seed: UInt64
    /// Whether nothing but the marker comes, and nothing goes.
    var isAddition = false

    /// The edit, made on this text.
    func change(of text: TextBuffer) throws -> TextChange {
        var random = SeededGenerator(seed: seed)
        let place = boundary(in: text, near: Int.random(in: 0...text.count, using: &random))
        let typed = TextChange.Replacement(place..<place, insert: [marker])
        if isAddition { return try TextChange(baseLength: text.count, replacements: [typed]) }
        let range = replaceable(in: text, using: &random)
        let insert = Array((Self.snippets.randomElement(using: &random) ?? "").utf16)
        let replaced = TextChange.Replacement(range, insert: insert)
        if place < range.lowerBound { return try TextChange(baseLength: text.count, replacements: [typed, replaced]) }
        if place > range.upperBound { return try TextChange(baseLength: text.count, replacements: [replaced, typed]) }
        let both = TextChange.Replacement(range, insert: insert + [marker])
        return try TextChange(baseLength: text.count, replacements: [both])
    }

    private static let snippets = ["", "", "", "a", "bc", " ", "\n", "let x = 1\n", "é", "漢字", "😀", "👩‍👩‍👧‍👦", "𝒳"]

    /// A short range without a marker; often an empty one.
    private func replaceable(in text: TextBuffer, using random: inout SeededGenerator) -> Range<Int> {
        let start = boundary(in: text, near: Int.random(in: 0...text.count, using: &random))
        let end = boundary(in: text, near: start + Int.random(in: 0...8, using: &random))
        let spared = (start..<end).first { Self.markers.contains(text[$0]) }
        return start..<(spared ?? end)
    }

    /// A position that parts no surrogate pair.
    private func boundary(in text: TextBuffer, near position: Int) -> Int {
        guard position < text.count else { return text.count }
        return UTF16.isTrailSurrogate(text[position]) ? position - 1 : position
    }
}
