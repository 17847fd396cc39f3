import CollabText

/// The code around a cursor that is sent: as much as the settings allow, never half of a surrogate pair.
struct CodeWindow: Equatable {
    let before: String
    let after: String

    init(before: String, after: String) {
        self.before = before
        self.after = after
    }

    /// Copies the window out of a text, and nothing else of it.
    ///
    /// - Parameter size: the most of either side, in UTF-16 code units.
    init(of text: TextBuffer, at cursor: Int, size: (before: Int, after: Int)) {
        var start = max(0, cursor - size.before)
        if start < cursor, UTF16.isTrailSurrogate(text[start]) { start += 1 }
        var end = cursor + min(size.after, text.count - cursor)
        if end > cursor, UTF16.isLeadSurrogate(text[end - 1]) { end -= 1 }
        before = String(decoding: text[start..<cursor], as: UTF16.self)
        after = String(decoding: text[cursor..<end], as: UTF16.self)
    }
}
