/// What a client tells the others of itself; what is nil stays as it was.
package struct PresenceUpdate: Sendable, Hashable {
    /// At most ``MessageLimits/name`` characters.
    package let name: String?
    /// At most ``MessageLimits/color`` characters.
    package let color: String?
    package let cursor: CursorUpdate
    /// The revision in whose text the cursor's positions count.
    package let revision: Int?

    package init(
        name: String? = nil, color: String? = nil, cursor: CursorUpdate = .unchanged, revision: Int? = nil
    ) {
        self.name = name
        self.color = color
        self.cursor = cursor
        self.revision = revision
    }
}
