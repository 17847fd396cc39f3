/// How a connection ended, or why there is none.
package struct Closure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The close code (RFC 6455, section 7.4), 1006 when the connection broke without one.
    ///
    /// Below 1000 it is the status of an HTTP response that refused the upgrade.
    package let code: Int
    /// What the other side said, or what went wrong; possibly empty.
    package let reason: String

    package init(code: Int, reason: String) {
        self.code = code
        self.reason = reason
    }

    /// A connection that broke, or never came to be.
    static func broken(_ reason: String) -> Closure {
        Closure(code: 1006, reason: reason)
    }

    /// Whether another try would come to the same end.
    package var isPermanent: Bool {
        switch code {
        case 408, 429: false
        case 400..<500: true
        case 1000, 1002, 1003, 1007, 1008, 1009, 1010: true
        case 4400..<4500: true
        default: false
        }
    }

    /// Whether the server asked to be left alone for a while.
    var isOverload: Bool { code == 1013 || code == 429 || code == 503 }

    package var description: String {
        reason.isEmpty ? "closed with \(code)" : "closed with \(code): \(reason)"
    }
}
