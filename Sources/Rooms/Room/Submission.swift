package import CollabText
package import ProviderKit

/// An edit as somebody hands it to a room.
package struct Submission: Sendable {
    /// What the author wants.
    package enum Content: Sendable {
        /// The whole text as the author now has it: well-formed, and not over the limit.
        case text(TextBuffer)
        /// Replacements against the text at ``Submission/base``, as they were sent: the room checks them.
        case changes([TextChange.Replacement])
    }

    /// The revision that an edit was made on, as far as that is known.
    package enum Base: Sendable, Hashable {
        /// The author says so.
        case revision(Revision)
        /// Whatever stands when the edit arrives; the author wants it so.
        case newest
        /// The author does not say, but is a member: the room works it out from what the author may have read.
        case inferred(ReadReceipt)
        /// Nobody knows.
        case unknown
    }

    /// The author's own name for the edit: one that was taken already is not taken again.
    package let id: EditID?
    /// What the author wants.
    package let content: Content
    /// What it was made on.
    package let base: Base

    package init(id: EditID? = nil, content: Content, base: Base) {
        self.id = id
        self.content = content
        self.base = base
    }
}

/// The name of an edit, chosen by its author and unique among the author's own.
package struct EditID: Sendable, Hashable, CustomStringConvertible {
    /// As the author wrote it.
    package let rawValue: String

    package init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}
