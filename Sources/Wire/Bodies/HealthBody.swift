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
    /// What is wrong, in a sentence; nil when nothing is.
    package let problem: String?
    package let version: String
    /// How many bytes of changes wait to be saved.
    package let unsavedBytes: Int
    /// For how many milliseconds the oldest of them has waited; 0 when none waits.
    package let oldestUnsavedMilliseconds: Int

    package init(
        status: Status, problem: String? = nil, version: String, unsavedBytes: Int, oldestUnsavedMilliseconds: Int
    ) {
        self.status = status
        self.problem = problem
        self.version = version
        self.unsavedBytes = unsavedBytes
        self.oldestUnsavedMilliseconds = oldestUnsavedMilliseconds
    }

    package func write(into buffer: inout ByteBuffer) {
        var body = JSONObject()
        body.append("status", .string(status.rawValue))
        if let problem { body.append("problem", .string(problem)) }
        body.append("version", .string(version))
        body.append("unsavedBytes", .integer(unsavedBytes))
        body.append("oldestUnsavedMilliseconds", .integer(oldestUnsavedMilliseconds))
        buffer.writeJSON(.object(body))
    }
}
