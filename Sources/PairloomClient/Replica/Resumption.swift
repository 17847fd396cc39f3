/// With what a client asks to be sent only what it has missed.
package struct Resumption: Sendable, Hashable {
    package let session: String
    /// The newest revision that is known here.
    package let revision: Int

    package init(session: String, revision: Int) {
        self.session = session
        self.revision = revision
    }
}
