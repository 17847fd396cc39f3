/// The limits that a client has to keep to.
package struct WelcomeLimits: Sendable, Hashable {
    /// The longest text, in bytes of UTF-8.
    package let document: Int
    /// The longest message, in bytes.
    package let message: Int
    /// How many may be in a room.
    package let members: Int
    package let messagesPerSecond: Int

    package init(document: Int, message: Int, members: Int, messagesPerSecond: Int) {
        self.document = document
        self.message = message
        self.members = members
        self.messagesPerSecond = messagesPerSecond
    }
}
