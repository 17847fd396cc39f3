/// A client's question what comes next at a place in the room's text.
package struct CompleteMessage: Sendable, Hashable {
    /// By which the client knows this question: 1 to ``MessageLimits/questionID`` characters.
    package let id: String
    /// In UTF-16 code units.
    package let position: Int
    /// The revision in whose text the position counts; nil for the newest.
    package let revision: Int?

    package init(id: String, position: Int, revision: Int? = nil) {
        self.id = id
        self.position = position
        self.revision = revision
    }
}
