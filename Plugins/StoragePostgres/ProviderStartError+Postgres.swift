import ProviderKit

extension ProviderStartError {
    /// What a failure at the start means to an operator.
    init(_ failure: PostgresFailure, settings: ConnectionSettings) {
        let server = "PostgreSQL at \(settings.address)"
        switch failure {
        case .unreachable(let reason), .disconnected(let reason):
            self.init(
                "PostgreSQL cannot be reached at \(settings.address) (\(reason)); start it, or check the host and the "
                    + "port in storage.postgres.url", isRetryable: true)
        case .refused(let state, let message):
            let sentence = Self.sentence(for: state)
            self.init("\(server) \(sentence) (\(state): \(message))", isRetryable: failure.isTransient)
        case .timedOut:
            self.init("\(server) does not answer; look what it is doing", isRetryable: true)
        case .damaged(let what):
            self.init("\(server) has tables in this schema that are not as the server made them (\(what))")
        case .closed, .cancelled:
            self.init("The start was interrupted", isRetryable: true)
        }
    }

    /// What a database is not, if anything.
    init?(_ verdict: Schema.Verdict, schema: Schema, settings: ConnectionSettings) {
        let server = "PostgreSQL at \(settings.address)"
        switch verdict {
        case .ready:
            return nil
        case .encoding(let name):
            self.init(
                "The database in \(server) has the encoding \(name); create one with ENCODING 'UTF8' TEMPLATE template0"
            )
        case .readOnly:
            self.init(
                "\(server) can only be read: it is a standby, or default_transaction_read_only is on; name the primary "
                    + "in storage.postgres.url", isRetryable: true)
        case .newer(let format):
            self.init(
                "The schema \(schema.name) in \(server) was written by a newer version of the server (format "
                    + "\(format), this one knows \(Schema.version)); start that version, or set another "
                    + "storage.postgres.schema")
        }
    }

    /// The codes are in appendix A of PostgreSQL's manual.
    private static func sentence(for state: String) -> String {
        switch state {
        case "28P01": "does not accept the password; check storage.postgres.url"
        case "28000": "does not let the user in; check the user in storage.postgres.url, and pg_hba.conf"
        case "3D000": "does not have the database; create it, or name another in storage.postgres.url"
        case "42501": "does not give the user the rights; GRANT them, or create the schema and make the user its owner"
        case "42P07", "42703": "has tables of another program in this schema; set another storage.postgres.schema"
        case "42939", "42602": "does not take this name for a schema; set another storage.postgres.schema"
        case "25006": "can only be read; name the primary in storage.postgres.url"
        case "53100": "has no space left; free some"
        case "53300": "has too many connections; set fewer storage.postgres.connections, or raise max_connections"
        case "57P03": "is starting or stopping; wait for it"
        case "57014", "55P03": "took too long, since somebody holds a lock; look at pg_stat_activity"
        default: "cannot be used"
        }
    }
}
