import CLibPQ
import Foundation

extension Connection {
    /// Connects to the server, within `connect_timeout`. Blocks the thread.
    ///
    /// - Parameter interrupt: ends the attempt at once, with `.closed`; but not while a name is looked up.
    static func open(_ settings: ConnectionSettings, interrupt: Interrupt) throws(PostgresFailure) -> Connection {
        let patience = Patience(settings.connectTimeout, interrupt: interrupt)
        do {
            let connection = Connection(try start(settings), settings: settings)
            try connection.finishOpening(with: patience)
            return connection
        } catch .timedOut {
            throw .unreachable(reason: "no answer within connect_timeout")
        }
    }

    private static func start(_ settings: ConnectionSettings) throws(PostgresFailure) -> OpaquePointer {
        let strings = settings.parameters.map { (strdup($0.name), strdup($0.value)) }
        defer {
            for (name, value) in strings {
                free(name)
                free(value)
            }
        }
        let names = strings.map { UnsafePointer($0.0) } + [nil]
        let values = strings.map { UnsafePointer($0.1) } + [nil]
        guard let handle = PQconnectStartParams(names, values, 0) else {
            throw .unreachable(reason: "out of memory")
        }
        return handle
    }

    /// Does what libpq asks for until the connection is open, and then sets it up.
    private func finishOpening(with patience: Patience) throws(PostgresFailure) {
        // With this libpq tells the SQLSTATE of a refusal. It prints notices to standard error unless told otherwise.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        notices.receive(from: handle)
        var status = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while status != PGRES_POLLING_OK {
            guard status != PGRES_POLLING_FAILED else { throw refusal }
            try patience.wait(for: PQsocket(handle), status == PGRES_POLLING_READING ? POLLIN : POLLOUT)
            status = PQconnectPoll(handle)
        }
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else { throw broken }
        try greet(with: patience)
    }

    /// Why the connection was not opened.
    private var refusal: PostgresFailure {
        PQconnectionNeedsPassword(handle) == 1
            ? .refused(state: "28P01", message: "no password supplied")
            : PostgresFailure(connecting: String(cString: PQerrorMessage(handle)))
    }

    /// Learns whether a process of the server is ours alone, and then tells it how long a statement may take.
    ///
    /// Behind a pooler the next transaction may be with another process, and what is set there stays for others.
    private func greet(with patience: Patience) throws(PostgresFailure) {
        let isOurs = "pg_backend_pid() = $1::bigint"
        let greeting = Statement(
            once: """
                SELECT \(isOurs), CASE WHEN \(isOurs) THEN set_config('statement_timeout', $2, false) END,
                    CASE WHEN \(isOurs) THEN set_config('default_transaction_isolation', 'read committed', false) END
                """)
        let results = try run(
            [greeting(.integer(Int(PQbackendPID(handle))), .text(settings.statementTimeoutText))], with: patience)
        isDirect = try results.first?.rows.first?.boolean(0) ?? false
        preparesStatements = isDirect
    }
}

extension PostgresFailure {
    /// What libpq says about an attempt to connect: a paragraph for each address and each way that it tried, such as
    /// `connection to server at "::1", port 5432 failed: FATAL:  3D000: database "x" does not exist`.
    init(connecting message: String) {
        let lines = message.split(whereSeparator: \.isNewline)
        // What a server says tells more than what came of the other addresses.
        if let match = lines.lazy.compactMap({ $0.firstMatch(of: /:  ([0-9A-Z]{5}): (.*)/) }).first {
            self = .refused(state: String(match.1), message: String(match.2))
            return
        }
        // Of a paragraph the first line is the reason; the others are advice.
        let attempts = lines.filter { $0.contains(" failed: ") || $0.hasPrefix("could not translate host name ") }
        let reasons = (attempts.isEmpty ? Array(lines.prefix(1)) : attempts).map { line in
            line.firstRange(of: " failed: ").map { String(line[$0.upperBound...]) } ?? String(line)
        }
        if let reason = reasons.first(where: { !Self.mayPass($0) }) {
            self = .misconfigured(reason: reason)
        } else {
            self = .unreachable(reason: reasons.last ?? "no reason given")
        }
    }

    /// Whether an attempt that failed for this reason may succeed within seconds, with the same parameters: nobody
    /// listens yet, the network is down, or the server is about to be one that can be written.
    private static func mayPass(_ reason: String) -> Bool {
        systemErrors.contains(reason) || passingReasons.contains { reason.contains($0) }
    }

    private static let systemErrors = Set(
        [
            ECONNREFUSED, ECONNRESET, ECONNABORTED, ETIMEDOUT, EHOSTUNREACH, EHOSTDOWN, ENETUNREACH, ENETDOWN, ENOENT,
            EAGAIN,
        ].map { String(cString: strerror($0)) })

    private static let passingReasons = [
        "server closed the connection unexpectedly", "timeout expired", "could not receive data from server",
        "could not send", "could not create socket", "SSL SYSCALL error", "SSL connection has been closed",
        "unexpected eof", "Temporary failure in name resolution", "session is read-only",
        "server is in hot standby mode", "out of memory",
    ]
}
