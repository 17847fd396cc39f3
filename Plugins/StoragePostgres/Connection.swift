import CLibPQ

/// A connection to the server. Used by one thread at a time, which it may block.
///
/// It is in libpq's pipeline mode: all commands of one ``run(_:)`` go out together and are one transaction, unless they
/// begin or end one themselves.
final class Connection {
    let handle: OpaquePointer
    let settings: ConnectionSettings
    /// The server's warnings about a commit, besides its result.
    let notices = CommitNotices()
    /// The names of the statements that the server has prepared.
    var prepared: Set<String> = []
    /// Whether statements are prepared under names, which takes a server process of our own behind this connection.
    var preparesStatements = false
    /// Whether there is no pooler in between, so that what is set for the session stays with this connection.
    var isDirect = false

    /// Takes over a connection of libpq that was begun, and closes it in the end.
    init(_ handle: OpaquePointer, settings: ConnectionSettings) {
        self.handle = handle
        self.settings = settings
    }

    deinit {
        PQfinish(handle)
    }

    /// Whether a new transaction can begin here.
    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Whether the server has not closed the connection since it was last used.
    var isStillOpen: Bool {
        while isReadable(PQsocket(handle)) {
            guard PQconsumeInput(handle) == 1 else { return false }
        }
        return isUsable
    }

    /// Runs one command and returns its rows.
    func rows(_ command: Command) throws(PostgresFailure) -> [Row] {
        try run([command]).flatMap { Array($0.rows) }
    }

    /// Runs one command that gives one row.
    func row(_ command: Command) throws(PostgresFailure) -> Row {
        guard let row = try rows(command).first else { throw .damaged("a row is missing") }
        return row
    }

    /// Runs commands in one round trip: all of them, or none when one fails. Returns the result of each.
    @discardableResult
    func run(_ commands: [Command]) throws(PostgresFailure) -> [ServerResult] {
        // The server's own limit comes first, and leaves the connection in order.
        let patience = Patience(settings.statementTimeout + .seconds(1))
        guard !isDirect else { return try run(commands, with: patience) }
        return Array(try run([Self.limit(.text(settings.statementTimeoutText))] + commands, with: patience).dropFirst())
    }

    /// The time that a statement may take, for one transaction: behind a pooler, what is set for a session is set for
    /// others, and a statement that nobody waits for any more would go on waiting for its lock.
    private static let limit = Statement("SELECT set_config('statement_timeout', $1, true)")
}
