package import CollabText
package import NIOCore

/// A message from a client of the seed dialect.
package enum SeedMessage: Sendable, Hashable {
    /// The client's whole text, and the revision that it was made on, when the client says.
    case codeUpdate(text: TextBuffer, revision: Int?)

    /// Reads a message.
    ///
    /// Fields that it does not know are ignored. `documentLimit` is in bytes of UTF-8; a longer text is `.tooLarge`, and is not decoded.
    package init(decoding message: ByteBuffer, documentLimit: Int) throws(MessageError) {
        self = try message.withUnsafeReadableBytes { (bytes) throws(MessageError) -> SeedMessage in
            let fields = try MessageFields(bytes, names: Self.fields)
            switch try fields.type {
            case "code_update":
                let revision = try fields.integer("revision")
                guard let text = try fields.text("code", limit: documentLimit) else {
                    throw MessageError(.invalidMessage, "The field \"code\" is missing.")
                }
                return .codeUpdate(text: text, revision: revision)
            case let unknown:
                throw MessageError(.unknownType, "There is no message of type \"\(unknown.prefix(64))\".")
            }
        }
    }

    private static let fields = ["type", "code", "revision"]
}
