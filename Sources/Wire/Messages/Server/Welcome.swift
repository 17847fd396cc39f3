package import CollabText

/// The first message to a client of the change dialect.
package struct Welcome: Sendable, Hashable {
    /// From what the client starts.
    package enum Start: Sendable, Hashable {
        /// From this text: the message `welcome`.
        case code(TextBuffer)
        /// From the text that it has, by these edits, some of which may be its own: the message `resumed`.
        case edits([LoggedEdit])
    }

    /// By which the others know the client.
    package let clientID: String
    /// By which the client can resume after its connection broke; a secret between it and the server.
    package let session: String
    /// The room's revision, once the client has taken ``start``.
    package let revision: Int
    /// Everything up to this revision is in the store for good.
    package let saved: Int
    /// What the text is written in, as the room's maker named it.
    package let language: String
    /// The name of the room's conflict policy.
    package let policy: String
    package let limits: WelcomeLimits
    /// Everyone in the room, the client included.
    package let members: [MemberPresence]
    package let start: Start

    package init(
        clientID: String, session: String, revision: Int, saved: Int, language: String, policy: String,
        limits: WelcomeLimits, members: [MemberPresence], start: Start
    ) {
        self.clientID = clientID
        self.session = session
        self.revision = revision
        self.saved = saved
        self.language = language
        self.policy = policy
        self.limits = limits
        self.members = members
        self.start = start
    }
}
