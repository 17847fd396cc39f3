package import CollabText

/// An edit that is part of the room's text.
package struct LoggedEdit: Sendable, Hashable {
    /// The revision that the edit led to; it was made on the one before.
    package let revision: Int
    /// The client id of its author.
    package let author: String
    package let changes: [TextChange.Replacement]

    package init(revision: Int, author: String, changes: [TextChange.Replacement]) {
        self.revision = revision
        self.author = author
        self.changes = changes
    }
}
