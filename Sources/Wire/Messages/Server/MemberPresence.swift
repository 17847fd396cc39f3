/// One who is in the room, as the others see them.
package struct MemberPresence: Sendable, Hashable {
    package let clientID: String
    /// Nil when the member has not said, as with the three of them in the seed dialect.
    package let name: String?
    package let color: String?
    /// In the text at the newest revision that the receiver was sent.
    package let cursor: Cursor?

    package init(clientID: String, name: String? = nil, color: String? = nil, cursor: Cursor? = nil) {
        self.clientID = clientID
        self.name = name
        self.color = color
        self.cursor = cursor
    }
}
