import ProviderKit

extension ProviderStartError {
    /// What a failure at the start means to an operator.
    init(_ failure: PostgresFailure, settings: ConnectionSettings) {
        let server = "PostgreSQL at \(settings.address)"
        switch failure {
        case .unreachable(let reason), .disconnected(let reason):
            self.init(
                "PostgreSQL cannot be reached at \(settings.address) (\(reason)); start it, or check the host and the "
                    + "port in \(settings.name)", isRetryable: true)
        case .refused(let state, let message):
            let sentence = Self.sentence(for: state, message, setting: settings.name)
            self.init("\(server) \(sentence) (\(state): \(message))", isRetryable: failure.isTransient)
        case .misconfigured(let reason):
            self.init("\(Self.sentence(forAttempt: reason, at: settings)) (\(reason))")
        case .unconfirmed(let warning):
            self.init(
                "\(server) has not heard from its synchronous standby (\(warning)); look at pg_stat_replication",
                isRetryable: true)
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
                    + "in \(settings.name)", isRetryable: true)
        case .newer(let format):
            self.init(
                "The schema \(schema.name) in \(server) was written by a newer version of the server (format "
                    + "\(format), this one knows \(Schema.version)); start that version, or set another "
                    + "storage.postgres.schema")
        case .fastAPI:
            self.init(
                "The schema \(schema.name) in \(server) has the tables of the FastAPI server; set another "
                    + "storage.postgres.schema")
        }
    }

    /// Tells why an attempt to connect cannot succeed, by libpq's words for it.
    private static func sentence(forAttempt reason: String, at settings: ConnectionSettings) -> String {
        let (server, setting) = ("PostgreSQL at \(settings.address)", settings.name)
        return switch reason {
        case _ where reason.contains("could not translate host name"):
            "PostgreSQL cannot be reached at \(settings.address): there is no such host; check the host in \(setting)"
        case _ where reason.contains("does not support SSL"):
            "\(server) has no TLS, which sslmode asks for; set ssl = on there, or, on a network that you trust, "
                + "sslmode=disable in \(setting)"
        case _ where reason.contains("invalid response to SSL negotiation"), _ where reason.contains("but received"):
            "\(settings.address) is not PostgreSQL; check the host and the port in \(setting)"
        case _ where reason.contains("certificate"):
            "\(server) cannot be trusted as sslmode asks for; check sslmode, sslrootcert and the host in \(setting)"
        case _ where reason.contains("service"):
            "libpq does not find the service that PGSERVICE or \(setting) names"
        case _ where reason.hasPrefix("invalid "), _ where reason.hasPrefix("could not parse"):
            "\(setting) has a parameter that libpq does not take"
        default:
            "\(server) cannot be connected to in this way; check the parameters in \(setting)"
        }
    }

    /// The codes are in appendix A of PostgreSQL's manual.
    private static func sentence(for state: String, _ message: String, setting: String) -> String {
        switch state {
        case "28P01": "does not accept the password; check \(setting)"
        case "28000" where message.hasSuffix("no encryption") || message.hasSuffix("SSL off"):
            "does not let the user in without TLS; add sslmode=require to \(setting)"
        case "28000": "does not let the user in; check the user in \(setting), and pg_hba.conf"
        case "3D000": "does not have the database; create it, or name another in \(setting)"
        case "42501": "does not give the user the rights; GRANT them, or create the schema and make the user its owner"
        case "42P07", "42703": "has tables of another program in this schema; set another storage.postgres.schema"
        case "42939", "42602": "does not take this name for a schema; set another storage.postgres.schema"
        case "25006": "can only be read; name the primary in \(setting)"
        case "53100": "has no space left; free some"
        case "53300": "has too many connections; set fewer storage.postgres.connections, or raise max_connections"
        case "57P03": "is starting or stopping; wait for it"
        case "57014", "55P03": "took too long, since somebody holds a lock; look at pg_stat_activity"
        default: "cannot be used"
        }
    }
}
