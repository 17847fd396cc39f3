import CollabText

/// The lines of a text that a change of it touches: those whose text it changes, and those that it takes away.
///
/// Takes a time that grows with the size of the change, whatever the size of the text.
struct TouchedLines {
    /// How far the end of a line is looked for, in code units: two places with no end between them are in one line.
    private static let farthest = 4_096

    private let text: TextBuffer
    /// Where the touched lines are, in order. A position is between two units, so a line of three units has four.
    private let places: [ClosedRange<Int>]

    init(of change: TextChange, in text: TextBuffer) {
        self.text = text
        places = change.replacements.compactMap { Self.place(of: $0, in: text) }
    }

    /// Whether two changes of one text touch the same line.
    func meet(_ other: TouchedLines) -> Bool {
        var (mine, theirs) = (places[...], other.places[...])
        while let a = mine.first, let b = theirs.first {
            if a.overlaps(b) { return true }
            let isFirst = a.upperBound < b.lowerBound
            let between = isFirst ? a.upperBound..<b.lowerBound : b.upperBound..<a.lowerBound
            if !hasLineEnd(in: between) { return true }
            if isFirst { mine.removeFirst() } else { theirs.removeFirst() }
        }
        return false
    }

    /// Looks from both sides, since one of them may be in a long line.
    private func hasLineEnd(in range: Range<Int>) -> Bool {
        (0..<min(range.count, Self.farthest)).contains { offset in
            text[range.lowerBound + offset].isLineEnd || text[range.upperBound - 1 - offset].isLineEnd
        }
    }

    /// The place of a replacement; nil when it does no more than put lines between others.
    private static func place(of replacement: TextChange.Replacement, in text: TextBuffer) -> ClosedRange<Int>? {
        let range = replacement.range
        // Of a longer rest of a line it is clear without looking that it is not what was put in or taken away.
        let reach = max(range.count, replacement.insert.count) + 1
        let head = text[max(0, range.lowerBound - reach)..<range.lowerBound].suffix(while: { !$0.isLineEnd })
        let tail = text[range.upperBound..<min(range.upperBound + reach, text.count)].prefix(while: { !$0.isLineEnd })
        let before = lines(of: head + text[range] + tail)
        let after = lines(of: head + replacement.insert + tail)
        // A first or last line that stays what it is was not touched.
        let keepsLast = before.last == after.last
        let keepsFirst = before.first == after.first && !(keepsLast && min(before.count, after.count) == 1)
        let low = range.lowerBound - head.count + (keepsFirst ? (before.first?.count ?? 0) + 1 : 0)
        let high = range.upperBound + tail.count - (keepsLast ? (before.last?.count ?? 0) + 1 : 0)
        return low <= high ? low...high : nil
    }

    private static func lines(of units: [UInt16]) -> [ArraySlice<UInt16>] {
        units.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
    }
}

extension UInt16 {
    /// Whether it is `\n`. In front of it, `\r` is a part of the line.
    fileprivate var isLineEnd: Bool { self == 0x0A }
}

extension BidirectionalCollection {
    /// The longest run of elements at the end that are as wanted.
    fileprivate func suffix(while isWanted: (Element) -> Bool) -> SubSequence {
        self[(lastIndex { !isWanted($0) }.map(index(after:)) ?? startIndex)...]
    }
}
