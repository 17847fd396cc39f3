import ProviderKit

extension StorageError {
    /// What a failure means to a caller.
    init(_ failure: PostgresFailure) {
        switch failure {
        case .refused(let state, let message):
            let (code, sentence) = Self.meaning(of: state)
            self.init(code, sentence, underlying: "\(state): \(message)")
        case .unconfirmed(let warning):
            self.init(.unavailable, "No synchronous standby has confirmed a commit.", underlying: warning)
        case .misconfigured(let reason):
            self.init(
                .unavailable, "PostgreSQL cannot be connected to in the way that is configured.", underlying: reason)
        case .unreachable(let reason):
            self.init(.unavailable, "PostgreSQL cannot be reached.", underlying: reason)
        case .disconnected(let reason):
            self.init(.unavailable, "The connection to PostgreSQL was lost.", underlying: reason)
        case .timedOut:
            self.init(.unavailable, "PostgreSQL did not answer in time.")
        case .damaged(let what):
            self.init(.corrupted, "The tables are not as the server made them.", underlying: what)
        case .closed:
            self.init(.closed, "The store was closed.")
        case .cancelled:
            self.init(.cancelled, "The task was canceled.")
        }
    }

    /// The codes are in appendix A of PostgreSQL's manual; the first two characters are their class.
    private static func meaning(of state: String) -> (Code, String) {
        switch state {
        case "53100": (.full, "No space is left for PostgreSQL.")
        case "25006": (.readOnly, "PostgreSQL can only be read right now.")
        case "42501": (.readOnly, "The user may not do this in PostgreSQL.")
        case "57014": (.unavailable, "PostgreSQL gave up a statement that took too long.")
        case "55P03": (.unavailable, "Somebody else holds a lock in PostgreSQL.")
        case "40001", "40P01": (.unavailable, "PostgreSQL gave up a transaction because of others.")
        case "57P01", "57P02", "57P03": (.unavailable, "PostgreSQL is starting or stopping.")
        case "XX001", "XX002": (.corrupted, "The database is damaged.")
        default:
            switch state.prefix(2) {
            case "53": (.unavailable, "PostgreSQL has run out of connections or memory.")
            case "54": (.full, "This is more than PostgreSQL takes at once.")
            case "42", "3F", "22", "23": (.corrupted, "The tables are not as the server made them.")
            case "08", "57": (.unavailable, "The connection to PostgreSQL was lost.")
            case "28", "3D": (.unavailable, "PostgreSQL does not let the server in.")
            default: (.unavailable, "PostgreSQL cannot be used.")
            }
        }
    }
}
