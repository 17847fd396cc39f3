package import CollabText
package import NIOCore

/// The body of `POST /rooms`, which may be left out.
package struct CreateRoomBody: Sendable, Hashable {
    package let code: TextBuffer
    package let language: String

    /// Reads a body; `documentLimit` is in bytes of UTF-8.
    package init(decoding body: ByteBuffer, documentLimit: Int) throws(BodyError) {
        var fields = try BodyFields(optional: body)
        let code = fields.document("code", limit: documentLimit, default: "")
        let language = fields.string("language", longest: BodyLimits.language, default: "python")
        try fields.check()
        self.code = code ?? ""
        self.language = language ?? "python"
    }
}
