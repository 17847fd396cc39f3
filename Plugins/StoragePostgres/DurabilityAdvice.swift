import ProviderKit

/// Warnings about database settings under which a commit can be lost.
struct DurabilityAdvice {
    /// `synchronous_commit`, as it is for this user in this database.
    let synchronousCommit: String
    /// `synchronous_standby_names`.
    let standbys: String
    /// Whether another server may take over, as far as the configuration tells.
    let hasSeveralServers: Bool

    /// Asks a database.
    init(_ connection: Connection) throws(PostgresFailure) {
        let settings = Statement(
            once: "SELECT current_setting('synchronous_commit'), current_setting('synchronous_standby_names')")
        let row = try connection.row(settings())
        self.init(
            synchronousCommit: try row.text(0), standbys: try row.text(1),
            hasSeveralServers: connection.settings.hasSeveralServers)
    }

    init(synchronousCommit: String, standbys: String, hasSeveralServers: Bool) {
        self.synchronousCommit = synchronousCommit
        self.standbys = standbys
        self.hasSeveralServers = hasSeveralServers
    }

    /// A line for each thing that an operator may want to change.
    var lines: [String] {
        [commitLine, standbyLine].compactMap(\.self)
    }

    private var commitLine: String? {
        switch synchronousCommit {
        case "off":
            "synchronous_commit is off: commits of this server wait for the disk all the same; set it to on"
        case "local":
            "synchronous_commit is local: commits wait for no standby, so a failover may lose what was saved; "
                + "set it to on"
        case "remote_write":
            "synchronous_commit is remote_write: commits do not wait for the disk of a standby, so a failover may lose "
                + "what was saved; set it to on"
        default:
            nil
        }
    }

    private var standbyLine: String? {
        guard hasSeveralServers, standbys.allSatisfy(\.isWhitespace) else { return nil }
        return
            "the URL names several servers, and synchronous_standby_names is empty: commits wait for no standby, so a "
            + "failover may lose what was saved; name the standbys there"
    }
}
