package import CollabText
package import NIOCore

/// The body of `POST /autocomplete`.
package struct AutocompleteBody: Sendable, Hashable {
    package let code: TextBuffer
    /// In UTF-16 code units; inside the code, and not inside a surrogate pair, wherever the client says that it is.
    package let cursorPosition: Int
    package let language: String
    /// By what the client wants to be known, so that its newest request ends those before it; nil when it does not say.
    package let client: String?

    /// Reads a body; `documentLimit` is in bytes of UTF-8.
    package init(decoding body: ByteBuffer, documentLimit: Int) throws(BodyError) {
        var fields = try BodyFields(required: body)
        let code = fields.document("code", limit: documentLimit)
        let cursorPosition = fields.position("cursorPosition", nearestIn: code)
        let language = fields.string("language", longest: BodyLimits.language)
        let client = fields.has("client") ? fields.string("client", longest: BodyLimits.client) : nil
        try fields.check()
        self.code = code ?? ""
        self.cursorPosition = cursorPosition ?? 0
        self.language = language ?? ""
        self.client = client
    }
}
