package import CollabText

/// A client's whole text.
package struct CodeUpdate: Sendable, Hashable {
    /// By which the client knows this edit; nil when it wants no acknowledgement, and in the seed dialect.
    package let id: String?
    package let code: TextBuffer
    /// The revision that the text was made on, when the client says.
    package let revision: Int?

    package init(id: String? = nil, code: TextBuffer, revision: Int? = nil) {
        self.id = id
        self.code = code
        self.revision = revision
    }
}
