import ProviderKit

extension PostgresRoomStore {
    /// Prepares a database, and returns the schema to use. While the database cannot be reached or is starting, tries
    /// again within `connect_timeout`.
    ///
    /// The tables of the FastAPI server are left alone: where the schema is the one that holds them, the standard one is
    /// used.
    static func prepare(
        _ schema: Schema, _ pool: ConnectionPool, _ settings: ConnectionSettings,
        log: @Sendable (LogLevel, String) -> Void
    ) async throws(ProviderStartError) -> Schema {
        let verdict = try await settledVerdict(of: schema, pool, settings)
        if verdict == .fastAPI, schema.name != Schema.standardName {
            log(
                .warning,
                "The schema \(schema.name) has the tables of the FastAPI server, which stay as they are; rooms are kept in "
                    + "the schema \(Schema.standardName)")
            return try await prepare(Schema(Schema.standardName), pool, settings, log: log)
        }
        if let error = ProviderStartError(verdict, schema: schema, settings: settings) { throw error }
        let advice = try? await pool.read { (connection) throws(PostgresFailure) in
            try DurabilityAdvice(connection).lines
        }
        for line in advice ?? [] { log(.warning, "\(settings.address): \(line)") }
        return schema
    }

    private static func settledVerdict(
        of schema: Schema, _ pool: ConnectionPool, _ settings: ConnectionSettings
    ) async throws(ProviderStartError) -> Schema.Verdict {
        let deadline = ContinuousClock.now + settings.connectTimeout
        var outcome = await outcome(of: schema, pool)
        while case .failure(let failure) = outcome, failure.isTransient, .now < deadline {
            // Ends early when the task is canceled, and then so does the next attempt.
            try? await Task.sleep(for: .milliseconds(50))
            outcome = await Self.outcome(of: schema, pool)
        }
        do {
            return try outcome.get()
        } catch {
            throw ProviderStartError(error, settings: settings)
        }
    }

    private static func outcome(
        of schema: Schema, _ pool: ConnectionPool
    ) async -> Result<Schema.Verdict, PostgresFailure> {
        await withTaskCancellationHandler {
            do throws(PostgresFailure) {
                let verdict = try await pool.read { (connection) throws(PostgresFailure) in
                    try schema.prepare(on: connection)
                }
                // The pool may have given up connecting for good.
                return Task.isCancelled ? .failure(.cancelled) : .success(verdict)
            } catch {
                return .failure(error)
            }
        } onCancel: {
            pool.stopConnecting()
        }
    }
}
