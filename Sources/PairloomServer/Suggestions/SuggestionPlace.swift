package import CollabText

/// Where a suggestion is wanted.
package struct SuggestionPlace: Sendable {
    package let text: TextBuffer
    /// In UTF-16 code units, from 0 to the length of the text; never inside a surrogate pair.
    package let cursor: Int
    /// As the client names it.
    package let language: String

    package init(text: TextBuffer, cursor: Int, language: String) {
        self.text = text
        self.cursor = cursor
        self.language = language
    }
}
