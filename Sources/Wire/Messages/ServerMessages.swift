package import CollabText
package import NIOCore

/// The messages that the server sends in the seed dialect.
package enum ServerMessages {
    /// Writes the room's text as it stands, and its revision.
    package static func writeCodeUpdate(text: TextBuffer, revision: Int, into buffer: inout ByteBuffer) {
        buffer.writeStaticString("{\"type\":\"code_update\",\"code\":")
        buffer.writeJSON(text)
        buffer.writeStaticString(",\"revision\":")
        buffer.writeJSON(revision)
        buffer.writeStaticString("}")
    }

    /// Writes why the client's message was refused.
    package static func writeError(_ error: MessageError, into buffer: inout ByteBuffer) {
        buffer.writeStaticString("{\"type\":\"error\",\"code\":")
        buffer.writeJSON(error.code.rawValue)
        buffer.writeStaticString(",\"detail\":")
        buffer.writeJSON(error.detail)
        buffer.writeStaticString("}")
    }
}
