package import NIOCore

/// A body that the server answers with.
package protocol JSONBody: Sendable {
    /// Writes the body as compact JSON.
    func write(into buffer: inout ByteBuffer)
}

extension JSONValue: JSONBody {
    package func write(into buffer: inout ByteBuffer) {
        buffer.writeJSON(self)
    }
}
