package import ProviderKit

/// How a member shows itself to the others.
package struct Presence: Sendable, Hashable {
    /// Nil when the member has not said.
    package var name: String?
    /// Nil when the member has not said.
    package var color: String?
    /// Nil when the member has no cursor in the text.
    package var selection: Selection?

    package init(name: String? = nil, color: String? = nil, selection: Selection? = nil) {
        self.name = name
        self.color = color
        self.selection = selection
    }
}

/// A cursor, or a selected part of the text, in UTF-16 code units; `head` is the end that moves.
package struct Selection: Sendable, Hashable {
    /// The end that stays.
    package let anchor: Int
    /// The end that moves.
    package let head: Int

    package init(anchor: Int, head: Int) {
        self.anchor = anchor
        self.head = head
    }
}

/// What a member says about itself.
package struct PresenceUpdate: Sendable, Hashable {
    /// What becomes of the selection.
    package enum SelectionUpdate: Sendable, Hashable {
        case unchanged
        case none
        /// At a revision, the newest one when nil.
        case at(Selection, Revision?)
    }

    /// Nil leaves it as it was.
    package let name: String?
    /// Nil leaves it as it was.
    package let color: String?
    /// What becomes of the selection.
    package let selection: SelectionUpdate

    package init(name: String?, color: String?, selection: SelectionUpdate) {
        self.name = name
        self.color = color
        self.selection = selection
    }
}

/// A member as the others see it, its selection in the newest text.
package struct MemberDescription: Sendable, Hashable {
    /// Who it is.
    package let id: ClientID
    /// How it shows itself.
    package let presence: Presence
}
