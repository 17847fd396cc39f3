public import ProviderKit

/// A row of the table `rooms`, without its code; nil is what the table does not have, or not in a form that can be read.
public typealias FastAPIRow = (id: String?, language: String?, createdAt: Timestamp?, updatedAt: Timestamp?)

/// The rooms of the FastAPI server in a PostgreSQL database, which are only read.
public struct PostgresFastAPIDatabase: Sendable {
    /// The host and the port.
    public let name: String
    private let pool: ConnectionPool
    private let table: FastAPITable

    /// Connects to a database.
    ///
    /// - Parameters:
    ///   - url: a URL as `storage.postgres.url` may have it.
    ///   - setting: what errors call the URL.
    public static func open(
        _ url: String, setting: String
    ) async throws(ProviderStartError) -> PostgresFastAPIDatabase {
        let settings = try ConnectionSettings(
            url: url, name: setting, connectTimeout: .seconds(5), statementTimeout: .seconds(60))
        do throws(PostgresFailure) {
            let pool = try ConnectionPool(settings, connections: 4) { _, _ in }
            do throws(PostgresFailure) {
                let table = try await pool.read { (connection) throws(PostgresFailure) in
                    try FastAPITable(on: connection)
                }
                if let table { return PostgresFastAPIDatabase(name: settings.address, pool: pool, table: table) }
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        } catch {
            throw ProviderStartError(error, settings: settings)
        }
        throw ProviderStartError(
            "\(setting): the database at \(settings.address) has no table `rooms` with the columns id and code in its "
                + "search_path; is it the database of the FastAPI server?")
    }

    /// The URL of the database that a configuration names; one that leaves all to libpq's variables when it names none.
    public static func url(of values: OptionValues) -> String? {
        let url = values[PostgresStorageProvider.url]
        return url.allSatisfy(\.isWhitespace) ? "postgresql://" : url
    }

    /// The rows, in any order, at most `limit`.
    public func rows(limit: Int) async throws(StorageError) -> [FastAPIRow] {
        try await read(table.list(.integer(limit))) { (row) throws(PostgresFailure) in
            (
                id: try row.optionalText(0), language: try row.optionalText(1),
                createdAt: try row.optionalInteger(2).map { Timestamp(milliseconds: Int64($0)) },
                updatedAt: try row.optionalInteger(3).map { Timestamp(milliseconds: Int64($0)) }
            )
        }
    }

    /// The bytes of a room's code; nil when it is NULL.
    public func code(of id: String) async throws(StorageError) -> [UInt8]? {
        let codes = try await read(table.code(.text(id))) { (row) throws(PostgresFailure) in
            try row.boolean(0) ? nil : try row.bytes(1)
        }
        guard let code = codes.first else { throw StorageError(.notFound, "There is no room \(id).") }
        return code
    }

    /// Closes the connections.
    public func close() async {
        await pool.close()
    }

    /// The rows of a statement, each decoded.
    private func read<Value: Sendable>(
        _ command: Command, _ decode: @escaping @Sendable (Row) throws(PostgresFailure) -> Value
    ) async throws(StorageError) -> [Value] {
        do {
            return try await pool.read { (connection) throws(PostgresFailure) in
                let results = try connection.run([
                    Statement(once: "BEGIN READ ONLY")(), command, Statement(once: "COMMIT")(),
                ])
                var values: [Value] = []
                for row in results[1].rows { values.append(try decode(row)) }
                return values
            }
        } catch {
            throw StorageError(error)
        }
    }
}

/// The table `rooms` of the FastAPI server.
struct FastAPITable: Sendable {
    /// The first $1 rooms, each with its id, its language, and its times in milliseconds.
    let list: Statement
    /// Of room $1 whether its code is NULL, and the code.
    let code: Statement

    /// Looks for the table: in a schema, or where a query would find it.
    ///
    /// - Parameter schema: nil for the first schema of the search path that has it.
    /// - Returns: nil when there is none.
    init?(in schema: String? = nil, on connection: Connection) throws(PostgresFailure) {
        let find = Statement(
            once: """
                SELECT quote_ident(nspname) || '.rooms', array_agg(attname::text ORDER BY attnum),
                    array_agg(format_type(atttypid, atttypmod) ORDER BY attnum)
                FROM unnest(coalesce($1::text[], current_schemas(false)::text[])) WITH ORDINALITY AS path (name, place)
                JOIN pg_namespace ON nspname = path.name
                JOIN pg_class ON relnamespace = pg_namespace.oid AND relname = 'rooms' AND relkind IN ('r', 'p', 'v')
                JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
                GROUP BY nspname, place HAVING bool_or(attname = 'id') AND bool_or(attname = 'code')
                ORDER BY place LIMIT 1
                """)
        guard let row = try connection.rows(find(schema.map { .texts([$0]) } ?? .null)).first else { return nil }
        let table = try row.text(0)
        let types = Dictionary(zip(try row.texts(1), try row.texts(2))) { first, _ in first }
        list = Statement(
            once: """
                SELECT id::text, \(types["language"] == nil ? "NULL::text" : "language::text"),
                    \(Self.time("created_at", types)), \(Self.time("updated_at", types))
                FROM \(table) LIMIT $1::bigint
                """)
        let text = types["code"] == "bytea" ? "code" : "code::text"
        let id = "CAST($1::text AS \(types["id"] ?? "text"))"
        code = Statement("SELECT code IS NULL, \(text) FROM \(table) WHERE id = \(id)")
    }

    /// A column as milliseconds since 1970. Times without a zone are in UTC, numbers are seconds or milliseconds.
    private static func time(_ column: String, _ types: [String: String]) -> String {
        switch types[column] {
        case let type? where type.hasPrefix("timestamp") || type == "date":
            "CASE WHEN isfinite(\(column)) THEN round(extract(epoch FROM \(column)) * 1000)::bigint END"
        case "integer", "bigint", "real", "double precision", "numeric":
            """
            CASE WHEN abs(\(column)::numeric) < 1e11 THEN round(\(column)::numeric * 1000)::bigint
            WHEN abs(\(column)::numeric) < 1e15 THEN round(\(column)::numeric)::bigint END
            """
        default:
            "NULL::bigint"
        }
    }
}
