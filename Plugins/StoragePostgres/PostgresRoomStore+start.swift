import ProviderKit

extension PostgresRoomStore {
    /// Prepares a database. While it cannot be reached or is starting, tries again within `connect_timeout`.
    static func prepare(
        _ schema: Schema, _ pool: ConnectionPool, _ settings: ConnectionSettings
    ) async throws(ProviderStartError) {
        let deadline = ContinuousClock.now + settings.connectTimeout
        var outcome = await outcome(of: schema, pool)
        while case .failure(let failure) = outcome, failure.isTransient, .now < deadline {
            // Ends early when the task is cancelled, and then so does the next attempt.
            try? await Task.sleep(for: .milliseconds(50))
            outcome = await Self.outcome(of: schema, pool)
        }
        switch outcome {
        case .success(let verdict):
            if let error = ProviderStartError(verdict, schema: schema, settings: settings) { throw error }
        case .failure(let failure):
            throw ProviderStartError(failure, settings: settings)
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
