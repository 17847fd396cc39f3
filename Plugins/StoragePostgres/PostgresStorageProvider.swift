public import ProviderKit

/// Rooms in a PostgreSQL database.
public enum PostgresStorageProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any RoomStore>(
        name: "postgres", summary: "Rooms in a PostgreSQL database, which several servers may share.",
        options: [
            url.declaration, schema.declaration, connections.declaration, connectTimeout.declaration,
            statementTimeout.declaration,
        ],
        make: { (values, context) async throws(ProviderStartError) -> any RoomStore in
            let schema = try Schema(checking: values[schema])
            let settings = try ConnectionSettings(
                url: values[url], connectTimeout: values[connectTimeout], statementTimeout: values[statementTimeout])
            if let warning = settings.warning { context.log(.warning, warning) }
            return try await PostgresRoomStore.open(
                settings, schema: schema, connections: values[connections], context: context)
        })

    /// Required, unless libpq's own environment variables tell where the database is.
    static let url =
        PostgresURL.environmentNamesServer
        ? Option("url", variable: "DATABASE_URL", help: urlHelp, isSecret: true)
        : Option(required: "url", variable: "DATABASE_URL", help: urlHelp, isSecret: true)
    private static let urlHelp =
        "Where the database is: postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with any parameter of libpq."
    static let schema = Option(
        "schema", .string, default: Schema.standardName,
        help: "The schema of the tables. It is created when there is none and the user may do so.")
    static let connections = Option(
        "connections", .integer(1...100), default: 4, help: "How many connections to open at most.")
    static let connectTimeout = Option(
        "connect_timeout", .duration(.milliseconds(100) ... .seconds(600)), default: .seconds(5),
        help: "How long a connection may take, and how long a starting server waits for the database to start.")
    static let statementTimeout = Option(
        "statement_timeout", .duration(.milliseconds(100) ... .seconds(600)), default: .seconds(10),
        help: "How long the database may take for a read or a write.")
}
