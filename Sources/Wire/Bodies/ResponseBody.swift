package import NIOCore

/// A body that the server answers with.
package protocol ResponseBody: Sendable {
    /// Writes the body as compact JSON.
    func write(into buffer: inout ByteBuffer)
}
