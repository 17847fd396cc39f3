import CollabText
import ProviderKit

/// The part of a text that a suggestion may depend on: a window around the cursor.
///
/// All positions are inside the window. Of a longer text nothing else is looked at or copied, so that the cost does not
/// grow with it.
struct Source: Sendable {
    /// How far before the cursor the window reaches, in code units.
    static let reachBefore = 32_768
    /// How far behind the cursor it reaches.
    static let reachBehind = 16_384
    /// Longer words are not looked at.
    static let longestWord = 128
    /// How far from its earliest place the window may begin, so that it begins with a line.
    private static let longestSearch = 4_096

    let units: [UInt16]
    let cursor: Int
    let names: NameUnits
    /// Whether the window begins where the text does.
    let isAtTextStart: Bool

    init(text: TextBuffer, cursor: Int, names: NameUnits) {
        let earliest = max(0, cursor - Self.reachBefore)
        var units = text[earliest..<min(text.count, cursor + Self.reachBehind)]
        var skipped = 0
        if earliest > 0 {
            let latest = min(Self.longestSearch, cursor - earliest)
            skipped = units[..<latest].firstIndex(of: 0x0A).map { $0 + 1 } ?? 0
            // The half of a pair at the start stands for nothing.
            if skipped == 0, let first = units.first, UTF16.isTrailSurrogate(first) { skipped = 1 }
            units.removeFirst(skipped)
        }
        self.units = units
        self.cursor = cursor - earliest - skipped
        self.names = names
        isAtTextStart = earliest == 0
    }

    /// The units of a range as a string.
    func string(_ range: Range<Int>) -> String {
        // Most names are ASCII, which needs no decoding.
        guard units[range].allSatisfy({ $0 < 0x80 }) else { return String(decoding: units[range], as: UTF16.self) }
        return String(unsafeUninitializedCapacity: range.count) { bytes in
            for (index, position) in range.enumerated() { bytes[index] = UInt8(truncatingIfNeeded: units[position]) }
            return range.count
        }
    }

    /// Where the run of units that ends at `position` and satisfies `condition` begins, looking back to `limit`.
    func start(ofRunBefore position: Int, notBefore limit: Int = 0, where condition: (UInt16) -> Bool) -> Int {
        var start = position
        while start > limit, condition(units[start - 1]) { start -= 1 }
        return start
    }

    /// Where the run of units that begins at `position` and satisfies `condition` ends.
    func end(ofRunAt position: Int, where condition: (UInt16) -> Bool) -> Int {
        var end = position
        while end < units.count, condition(units[end]) { end += 1 }
        return end
    }

    /// Where the line of a position begins.
    func lineStart(at position: Int) -> Int {
        start(ofRunBefore: position) { !$0.isNewline }
    }

    /// Where the line of a position ends.
    func lineEnd(at position: Int) -> Int {
        end(ofRunAt: position) { !$0.isNewline }
    }

    /// The blanks that the line of a position begins with.
    func indentation(at position: Int) -> ArraySlice<UInt16> {
        let start = lineStart(at: position)
        return units[start..<end(ofRunAt: start, where: \.isBlank)]
    }

    /// Whether a string stands at a position.
    func has(_ string: String, at position: Int) -> Bool {
        units[position...].starts(with: string.utf16)
    }

    /// Whether a line of the window is just this, apart from its indentation.
    func hasLine(_ line: String) -> Bool {
        let wanted = Array(line.utf16)
        var position = 0
        while position < units.count {
            let start = end(ofRunAt: position, where: \.isBlank)
            let end = lineEnd(at: start)
            if end - start == wanted.count, units[start..<end].elementsEqual(wanted) { return true }
            position = end + 1
        }
        return false
    }
}
