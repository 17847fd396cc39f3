package import CollabText
package import NIOCore

/// A room as it stands.
package struct RoomBody: JSONBody, Hashable {
    package let id: String
    package let code: TextBuffer
    package let language: String
    package let revision: Int
    /// In milliseconds since 1970-01-01T00:00:00Z.
    package let createdAt: Int64
    /// In milliseconds since 1970-01-01T00:00:00Z.
    package let updatedAt: Int64

    package init(id: String, code: TextBuffer, language: String, revision: Int, createdAt: Int64, updatedAt: Int64) {
        self.id = id
        self.code = code
        self.language = language
        self.revision = revision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package func write(into buffer: inout ByteBuffer) {
        buffer.writeStaticString("{\"id\":")
        buffer.writeJSON(id)
        buffer.writeStaticString(",\"code\":")
        buffer.writeJSON(code)
        buffer.writeStaticString(",\"language\":")
        buffer.writeJSON(language)
        buffer.writeStaticString(",\"revision\":")
        buffer.writeJSON(revision)
        buffer.writeStaticString(",\"createdAt\":")
        buffer.writeJSON(ISODate(milliseconds: createdAt).description)
        buffer.writeStaticString(",\"updatedAt\":")
        buffer.writeJSON(ISODate(milliseconds: updatedAt).description)
        buffer.writeStaticString("}")
    }
}
