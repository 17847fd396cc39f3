package import CollabText
package import NIOCore

/// The body of `PATCH /rooms/{id}`.
package struct PatchRoomBody: Sendable, Hashable {
    /// What is to become of the room's text.
    package enum Content: Sendable, Hashable {
        /// This whole text.
        case code(TextBuffer)
        /// What these replacements make of it.
        ///
        /// Whether they are sorted, apart and inside of it is for the room to check.
        case changes([TextChange.Replacement])
    }

    package let content: Content
    /// The revision that the content was made on, when the client says.
    package let revision: Int?

    /// Reads a body; `documentLimit` is in bytes of UTF-8, and bounds the inserted texts together too.
    package init(decoding body: ByteBuffer, documentLimit: Int) throws(BodyError) {
        var fields = try BodyFields(required: body)
        let content = fields.content(documentLimit: documentLimit)
        let revision = fields.has("revision") ? fields.natural("revision") : nil
        try fields.check()
        self.content = content ?? .changes([])
        self.revision = revision
    }

    /// The room refuses the changes, for this reason: status 422.
    package static func invalid(changes reason: String) -> ValidationFailure {
        ValidationFailure([.wrongValue(at: ["body", "changes"], reason, input: nil)])
    }
}

extension BodyFields {
    /// The code or the changes, of which exactly one has to be there.
    fileprivate mutating func content(documentLimit: Int) -> PatchRoomBody.Content? {
        switch (has("code"), has("changes")) {
        case (true, false):
            return document("code", limit: documentLimit).map(PatchRoomBody.Content.code)
        case (false, true):
            return replacements("changes", limit: documentLimit).map(PatchRoomBody.Content.changes)
        case (false, false):
            miss("code")
        case (true, true):
            _ = document("code", limit: documentLimit)
            refuse("changes", "give either code or changes, not both")
        }
        return nil
    }
}
