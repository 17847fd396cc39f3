package import ProviderKit

/// How a member shows itself to the others.
package struct Presence: Sendable, Hashable {
    package var name: String?
    package var color: String?
    package var selection: Selection?

    package init(name: String? = nil, color: String? = nil, selection: Selection? = nil) {
        self.name = name
        self.color = color
        self.selection = selection
    }
}

/// A cursor, or a selected part of the text, in UTF-16 code units; `head` is the end that moves.
package struct Selection: Sendable, Hashable {
    package let anchor: Int
    package let head: Int

    package init(anchor: Int, head: Int) {
        self.anchor = anchor
        self.head = head
    }
}

/// What a member says about itself.
package struct PresenceUpdate: Sendable, Hashable {
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
    package let selection: SelectionUpdate

    package init(name: String?, color: String?, selection: SelectionUpdate) {
        self.name = name
        self.color = color
        self.selection = selection
    }
}

/// A member as the others see it, its selection in the newest text.
package struct MemberDescription: Sendable, Hashable {
    package let id: ClientID
    package let presence: Presence
}
