package import NIOCore

/// How the server is.
package struct HealthBody: JSONBody, Hashable {
    /// The server's state in one word.
    package enum Status: String, Sendable {
        case ok
        /// Edits go on, but cannot be saved at present.
        case degraded
    }

    package let status: Status
    package let version: String
    /// How many bytes of changes wait to be saved.
    package let unsavedBytes: Int
    /// For how many milliseconds the oldest of them has waited; 0 when none waits.
    package let oldestUnsavedMilliseconds: Int

    package init(status: Status, version: String, unsavedBytes: Int, oldestUnsavedMilliseconds: Int) {
        self.status = status
        self.version = version
        self.unsavedBytes = unsavedBytes
        self.oldestUnsavedMilliseconds = oldestUnsavedMilliseconds
    }

    package func write(into buffer: inout ByteBuffer) {
        buffer.writeJSON([
            "status": .string(status.rawValue),
            "version": .string(version),
            "unsavedBytes": .integer(unsavedBytes),
            "oldestUnsavedMilliseconds": .integer(oldestUnsavedMilliseconds),
        ])
    }
}
