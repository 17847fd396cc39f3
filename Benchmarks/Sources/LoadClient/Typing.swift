package import CollabText

/// Somebody who types a line, takes it back letter by letter, and types it again, at a place of their own.
///
/// So every edit is one letter in a run of letters, and the text stays about as long as it was.
package struct Typing {
    private static let line = Array("return rooms.filter { $0.isOpen }".utf16)

    /// Where the next letter goes, in the text that has all of one's own edits in it.
    package private(set) var position: Int
    private var typed = 0
    private var isTakingBack = false

    /// - Parameters:
    ///   - writer: the place among those who write in the room.
    ///   - length: that of the room's text.
    package init(writer: Int, of writers: Int, length: Int) {
        position = (writer + 1) * length / (writers + 1)
    }

    /// The next edit.
    package mutating func next() -> TextChange.Replacement {
        if typed == 0 { isTakingBack = false }
        if typed == Self.line.count { isTakingBack = true }
        if isTakingBack {
            position -= 1
            typed -= 1
            return TextChange.Replacement(position..<(position + 1), insert: [])
        }
        position += 1
        typed += 1
        return TextChange.Replacement((position - 1)..<(position - 1), insert: [Self.line[typed - 1]])
    }

    /// Goes along with what somebody else typed at their place.
    package mutating func follow(editAt place: Int, growth: Int) {
        if place < position { position += growth }
    }

    /// Goes along with a change of the text.
    package mutating func follow(_ change: TextChange) {
        position = change.mapped(position: position)
    }
}
