import CLibPQ
import ProviderKit

/// Where the database is, and how long it may take.
struct ConnectionSettings: Sendable {
    /// A parameter of libpq.
    struct Parameter: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// What libpq connects with. Holds the password.
    let parameters: [Parameter]
    /// The host and the port, to be shown.
    let address: String
    /// The name of the URL in errors.
    let name: String
    /// The parameters of the URL that libpq does not know.
    let ignoredParameters: [String]
    /// Whether the URL names several servers, of which one can be written.
    let hasSeveralServers: Bool
    /// How long an attempt to connect may take.
    let connectTimeout: Duration
    /// How long the server may take for a statement.
    let statementTimeout: Duration

    /// Reads a URL. What it leaves out comes from the environment, as libpq reads it.
    ///
    /// No error repeats any part of the URL that could be a password.
    ///
    /// - Parameter name: what errors call the URL.
    init(
        url: String, name: String = "storage.postgres.url", connectTimeout: Duration, statementTimeout: Duration
    ) throws(ProviderStartError) {
        let url = try PostgresURL(url, setting: name)
        address = url.address
        self.name = name
        ignoredParameters = url.ignored
        hasSeveralServers = url.address.contains(",")
        let choice = hasSeveralServers ? Self.defaultsForSeveral : []
        parameters = Self.defaults + choice + url.parameters + Self.fixed
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
    }

    /// What the URL may say otherwise: how to notice that the server's machine is gone, and our name.
    private static let defaults = [
        Parameter(name: "keepalives_idle", value: "30"),
        Parameter(name: "keepalives_interval", value: "10"),
        Parameter(name: "keepalives_count", value: "3"),
        Parameter(name: "tcp_user_timeout", value: "30000"),
        Parameter(name: "fallback_application_name", value: "pairloom"),
    ]

    /// The same, where the URL names several servers: one that can be written.
    private static let defaultsForSeveral = [Parameter(name: "target_session_attrs", value: "read-write")]

    private static let fixed = [Parameter(name: "client_encoding", value: "UTF8")]
}

extension ConnectionSettings {
    /// ``statementTimeout`` as the server reads it, in milliseconds.
    var statementTimeoutText: String { String(Int(statementTimeout / .milliseconds(1))) }
}

extension ConnectionSettings {
    /// A warning about a URL that says more than libpq understands; nil when it does not.
    var warning: String? {
        guard !ignoredParameters.isEmpty else { return nil }
        var names: [String] = []
        for name in ignoredParameters where !names.contains(name) { names.append(name) }
        return "\(name): libpq does not know these parameters, which are ignored: \(names.joined(separator: ", "))"
            + Self.advice.filter { names.contains($0.name) }.map { "; \($0.value)" }.joined()
    }

    /// Settings that take the place of parameters of other programs.
    private static let advice = [
        Parameter(name: "schema", value: "the schema is storage.postgres.schema"),
        Parameter(name: "connection_limit", value: "connections are limited by storage.postgres.connections"),
        Parameter(name: "sslaccept", value: "certificates are checked with sslmode=verify-full"),
    ]
}

extension ConnectionSettings: CustomStringConvertible {
    /// Where the database is, without the password.
    var description: String { address }
}
