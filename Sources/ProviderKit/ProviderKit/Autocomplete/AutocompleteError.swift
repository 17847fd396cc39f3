/// Why a provider has no answer.
public struct AutocompleteError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// The service cannot be reached, is overloaded, or failed.
        case unavailable
        /// The service refused the credentials.
        case unauthorized
        /// The service refuses every request until an operator changes something: there is no such model, say.
        case misconfigured
        /// The deadline passed.
        case timedOut
        /// The provider was closed.
        case closed
        /// The calling task was cancelled.
        case cancelled
    }

    public let code: Code
    /// One sentence for an operator; never with a secret.
    public let message: String
    /// What the service said, for the log; never with a secret.
    public let underlying: String?
    /// How long the service asks to be left alone; nil when it does not say. The host asks others in the meantime.
    public let retryAfter: Duration?

    public init(_ code: Code, _ message: String, underlying: String? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
        self.retryAfter = retryAfter
    }

    /// Whether the same call may succeed later.
    public var isRetryable: Bool {
        switch code {
        case .unavailable, .timedOut: true
        case .unauthorized, .misconfigured, .closed, .cancelled: false
        }
    }

    public var description: String {
        underlying.map { "\(message) (\($0))" } ?? message
    }
}
