/// A thread of the pool's, with a connection of its own once it was needed.
final class PoolWorker {
    private let settings: ConnectionSettings
    private let reconnection: Reconnection
    private let interrupt: Interrupt
    private var connection: Connection?

    init(_ settings: ConnectionSettings, _ reconnection: Reconnection, _ interrupt: Interrupt) {
        self.settings = settings
        self.reconnection = reconnection
        self.interrupt = interrupt
    }

    /// Performs calls until the queue is closed, then closes the connection. Blocks the thread.
    func work(on queue: CallQueue) {
        while let call = queue.next() { call.perform(by: self) }
        connection = nil
    }

    /// What comes of a call.
    func outcome<Value>(of call: PendingCall<Value>) -> PendingCall<Value>.Outcome {
        let outcome = attempt(call)
        guard case .failure(let failure) = outcome, mayRepeat(call, after: failure) else { return outcome }
        return attempt(call)
    }

    private func attempt<Value>(_ call: PendingCall<Value>) -> PendingCall<Value>.Outcome {
        Result { () throws(PostgresFailure) in
            let connection = try usableConnection()
            // One that is broken, or in the middle of a transaction, is not used again.
            defer { if !connection.isUsable { self.connection = nil } }
            do throws(PostgresFailure) {
                return try call.body(connection)
            } catch {
                if error.isAboutPreparedStatement { connection.preparesStatements = false }
                // Another server may have become the one that can be written.
                if error.isAboutReadOnly { self.connection = nil }
                throw error
            }
        }
    }

    /// Whether nothing was done, or nothing that doing it twice would change.
    private func mayRepeat<Value>(_ call: PendingCall<Value>, after failure: PostgresFailure) -> Bool {
        if failure.isAboutPreparedStatement { return true }
        return call.isRepeatable && failure.isLostConnection
    }

    private func usableConnection() throws(PostgresFailure) -> Connection {
        if let connection, connection.isStillOpen { return connection }
        connection = nil
        try reconnection.begin()
        do {
            let new = try Connection.open(settings, interrupt: interrupt)
            reconnection.succeeded()
            connection = new
            return new
        } catch {
            reconnection.failed(error)
            throw error
        }
    }
}
