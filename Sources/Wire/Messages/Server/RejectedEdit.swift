package import CollabText

/// An edit that was not taken, with what its author needs to try again.
package struct RejectedEdit: Sendable, Hashable {
    /// How a client that has missed something gets from its edit's revision to the one of the rejection.
    package enum Remedy: Sendable, Hashable {
        /// By this change, which changes nothing when it is empty.
        case changes([TextChange.Replacement])
        /// By starting over with this text, since the change cannot be told any more.
        case code(TextBuffer)
    }

    /// The id that its author gave it.
    package let id: String
    package let reason: RejectionReason
    /// The room's revision when the edit was refused.
    package let revision: Int
    /// Nil when the author needs none.
    package let remedy: Remedy?
    /// One sentence for people.
    package let detail: String?

    package init(
        id: String, reason: RejectionReason, revision: Int, remedy: Remedy? = nil, detail: String? = nil
    ) {
        self.id = id
        self.reason = reason
        self.revision = revision
        self.remedy = remedy
        self.detail = detail
    }
}
