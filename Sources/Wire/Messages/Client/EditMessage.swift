package import CollabText

/// A client's change of the text.
package struct EditMessage: Sendable, Hashable {
    /// By which the client knows this edit: 1 to ``MessageLimits/editID`` characters.
    package let id: String
    /// The revision that the change was made on.
    package let revision: Int
    /// What is replaced, all positions in the text of ``revision``.
    ///
    /// As the client sent them: whether they are sorted, apart and inside of the text is for the room to check.
    package let changes: [TextChange.Replacement]

    package init(id: String, revision: Int, changes: [TextChange.Replacement]) {
        self.id = id
        self.revision = revision
        self.changes = changes
    }
}
