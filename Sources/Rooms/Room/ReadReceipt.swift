package import ProviderKit

/// What is known of which of the room's texts a member had read when it wrote.
package struct ReadReceipt: Sendable, Hashable {
    /// It has read this revision for certain, or a newer one; nil when nothing is certain.
    package let from: Revision?
    /// It cannot have read anything newer than this; nil when that is not known.
    package let upTo: Revision?
    /// Whether it may not have read yet what it was sent last, though that is no newer revision.
    package let hasUnread: Bool

    package init(from: Revision? = nil, upTo: Revision? = nil, hasUnread: Bool = false) {
        self.from = from
        self.upTo = upTo
        self.hasUnread = hasUnread
    }
}
