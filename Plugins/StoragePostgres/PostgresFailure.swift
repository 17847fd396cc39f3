/// Why PostgreSQL did not do what it was asked.
///
/// Holds nothing of what was sent: no statement, no parameter, no password.
enum PostgresFailure: Error, Equatable {
    /// The server said so, with an SQLSTATE and one line of text.
    case refused(state: String, message: String)
    /// The commands were committed, but the server gave up waiting for a synchronous standby to have them too, and said
    /// this. Until a later commit is confirmed, a failover may undo them.
    case unconfirmed(String)
    /// There will be no connection with these parameters, for this reason: the server has no TLS where it is asked for,
    /// say, or its certificate is not accepted.
    case misconfigured(reason: String)
    /// There is no connection, for this reason.
    case unreachable(reason: String)
    /// The connection broke while a call was under way.
    case disconnected(reason: String)
    /// No answer came in time.
    case timedOut
    /// What the tables hold is not what the server keeps there.
    case damaged(String)
    /// The store is being closed, and nothing was done.
    case closed
    /// The calling task was canceled, and nothing was done.
    case cancelled

    /// The SQLSTATE, when the server said something.
    var state: String? {
        if case .refused(let state, _) = self { state } else { nil }
    }

    /// Whether a prepared statement was not where it should be, so that nothing was done. A proxy between us and the
    /// server does that when it gives us another of its connections.
    var isAboutPreparedStatement: Bool { ["26000", "42P05"].contains(state) }

    /// Whether the server can only be read at present.
    var isAboutReadOnly: Bool { state == "25006" }

    /// Whether the connection broke, or the server ended it.
    var isLostConnection: Bool {
        switch self {
        case .disconnected: true
        case .refused(let state, _): state.hasPrefix("57P") || state.hasPrefix("08")
        default: false
        }
    }

    /// Whether it may pass by itself within seconds, as when the server is still starting.
    var isTransient: Bool {
        switch self {
        case .unreachable, .disconnected, .timedOut, .unconfirmed: true
        case .refused("08P01", let message): !Self.isPoolersRefusal(message)
        case .refused(let state, _): state.hasPrefix("08") || state.hasPrefix("57P") || state.hasPrefix("53")
        case .misconfigured, .damaged, .closed, .cancelled: false
        }
    }

    /// Whether PgBouncer, which has one SQLSTATE for all that goes wrong, refuses what it is asked for.
    private static func isPoolersRefusal(_ message: String) -> Bool {
        ["no such ", "unsupported startup parameter", "authentication failed"].contains { message.contains($0) }
    }
}
