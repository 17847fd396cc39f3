import CollabText
import ProviderKit

/// The part of a text that a suggestion may depend on: all that stands before the cursor, and some of what follows.
struct Source: Sendable {
    /// How far from the cursor words and indentation are looked at, in code units, on either side.
    static let reach = 32_768
    /// Longer words are not looked at.
    static let longestWord = 128

    /// The text from its start to a little past the cursor's reach.
    let units: [UInt16]
    let cursor: Int

    init(text: TextBuffer, cursor: Int) {
        // One word more than the reach, so that the last word within it is never cut.
        units = text[0..<min(text.count, cursor + Self.reach + Self.longestWord)]
        self.cursor = cursor
    }

    init(_ request: CompletionRequest) {
        self.init(text: request.text, cursor: request.cursor)
    }

    /// The positions within reach of the cursor.
    var surroundings: Range<Int> {
        max(0, cursor - Self.reach)..<min(units.count, cursor + Self.reach)
    }

    /// The units of a range as a string.
    func string(_ range: Range<Int>) -> String {
        String(decoding: units[range], as: UTF16.self)
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

    /// Whether a string stands at a position.
    func has(_ string: String, at position: Int) -> Bool {
        units[position...].starts(with: string.utf16)
    }

    /// Whether a line of the text is just this, apart from its indentation.
    func hasLine(_ line: String) -> Bool {
        var position = 0
        while position < units.count {
            let start = end(ofRunAt: position, where: \.isBlank)
            let end = end(ofRunAt: start) { !$0.isNewline }
            if units[start..<end].elementsEqual(line.utf16) { return true }
            position = end + 1
        }
        return false
    }
}
