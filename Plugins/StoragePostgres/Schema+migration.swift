extension Schema {
    /// What a database turned out to be.
    enum Verdict: Equatable {
        /// It has the tables in the format of this version, and can be written.
        case ready
        /// Its text is in another encoding than UTF-8.
        case encoding(String)
        /// It is a standby, or set to be read only.
        case readOnly
        /// A newer version of the server wrote it, in this format.
        case newer(Int)
        /// The schema has the tables of the FastAPI server.
        case fastAPI
    }

    /// Brings a database to the format of this version, and makes sure that it can be written.
    func prepare(on connection: Connection) throws(PostgresFailure) -> Verdict {
        let facts = try connection.row(
            Statement(once: "SELECT getdatabaseencoding()::text, current_setting('transaction_read_only') = 'on'")())
        let encoding = try facts.text(0)
        guard encoding == "UTF8" else { return .encoding(encoding) }
        guard try !facts.boolean(1) else { return .readOnly }
        var format = try foundFormat(on: connection)
        if format == nil, try FastAPITable(in: name, on: connection) != nil { return .fastAPI }
        if format.map({ $0 < Self.version }) ?? true { format = try migrate(on: connection) }
        guard format == Self.version else { return .newer(format ?? 0) }
        try checkWriting(on: connection)
        return .ready
    }

    /// Writes what costs nothing to lose: the one way to learn of a database that is full or can only be read.
    func checkWriting(on connection: Connection) throws(PostgresFailure) {
        guard try !connection.rows(touch()).isEmpty else { throw .damaged("the table format has no row") }
    }

    /// The format of the tables; nil when there are none.
    private func foundFormat(on connection: Connection) throws(PostgresFailure) -> Int? {
        // Not to_regclass, which remembers that there was no such table until the transaction ends.
        let exists = Statement(once: "SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'format'")
        guard try !connection.rows(exists(.text(name))).isEmpty else { return nil }
        let format = try connection.row(
            Statement(once: "SELECT max(version)::bigint FROM \(quotedName).format")()
        ).integer(0)
        guard format >= 0 else { throw .damaged("the table format says \(format)") }
        return format
    }

    /// Takes all steps that are left, in one transaction, and returns the format that there is in the end.
    ///
    /// Of several servers that start at once, one goes first and the others then find nothing left to do.
    private func migrate(on connection: Connection) throws(PostgresFailure) -> Int {
        try connection.run([
            // What is seen behind the lock must be what others have done before it.
            Statement(once: "BEGIN ISOLATION LEVEL READ COMMITTED")(),
            Statement(once: "SELECT pg_advisory_xact_lock(hashtext('pairloom'), hashtext($1))")(.text(name)),
        ])
        var format = try foundFormat(on: connection) ?? 0
        if format < Self.version {
            try createSchemaIfNeeded(on: connection)
            let steps = migrations[format...].joined() + ["UPDATE \(quotedName).format SET version = \(Self.version)"]
            try connection.run(steps.map { Statement(once: $0)() })
            format = Self.version
        }
        try connection.run([Statement(once: "COMMIT")()])
        return format
    }

    /// Creates the schema only where there is none: whoever may not create one may still use one.
    private func createSchemaIfNeeded(on connection: Connection) throws(PostgresFailure) {
        let exists = Statement(once: "SELECT FROM pg_namespace WHERE nspname = $1")
        guard try connection.rows(exists(.text(name))).isEmpty else { return }
        try connection.run([Statement(once: "CREATE SCHEMA \(quotedName)")()])
    }
}
