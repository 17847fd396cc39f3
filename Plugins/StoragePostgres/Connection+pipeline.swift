import CLibPQ
import Foundation

extension Connection {
    /// Runs commands in one round trip: all of them, or none when one fails. Returns the result of each.
    func run(_ commands: [Command], with patience: Patience) throws(PostgresFailure) -> [ServerResult] {
        var answers: [Answer] = []
        notices.clear()
        for command in commands { answers += try send(command) }
        guard PQpipelineSync(handle) == 1 else { throw broken }
        return try receive(answers, with: patience)
    }

    /// What has happened to a connection that libpq gave up.
    var broken: PostgresFailure {
        .disconnected(reason: String(cString: PQerrorMessage(handle)).firstLine)
    }

    /// What an answer of the server is about.
    private enum Answer {
        case prepared(String)
        case ran
    }

    /// Puts a command into libpq's buffer; returns which answers it will get.
    private func send(_ command: Command) throws(PostgresFailure) -> [Answer] {
        let sql = command.statement.sql
        let parameters = try EncodedParameters(command.parameters)
        guard preparesStatements, let name = command.statement.name else {
            let sent = parameters.withPointers { count, values, lengths, formats in
                PQsendQueryParams(handle, sql, count, nil, values, lengths, formats, 1)
            }
            guard sent == 1 else { throw broken }
            return [.ran]
        }
        let isPrepared = prepared.contains(name)
        guard isPrepared || PQsendPrepare(handle, name, sql, 0, nil) == 1 else { throw broken }
        let sent = parameters.withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1)
        }
        guard sent == 1 else { throw broken }
        return isPrepared ? [.ran] : [.prepared(name), .ran]
    }

    /// Reads all answers, so that the connection is in order again whatever they say.
    private func receive(
        _ answers: [Answer], with patience: Patience
    ) throws(PostgresFailure) -> [ServerResult] {
        var results: [ServerResult] = []
        var failure: PostgresFailure?
        var left = answers[...]
        do throws(PostgresFailure) {
            while true {
                // Nil ends each answer.
                guard let result = try nextResult(with: patience) else { continue }
                switch (result.status, left.popFirst()) {
                case (PGRES_PIPELINE_SYNC, _):
                    if let failure { throw failure }
                    if let warning = notices.unconfirmedCommit { throw .unconfirmed(warning) }
                    return results
                case (PGRES_COMMAND_OK, .prepared(let name)): prepared.insert(name)
                case (PGRES_COMMAND_OK, _), (PGRES_TUPLES_OK, _): results.append(result)
                // What comes after a failure says only that it was left out.
                default: failure = failure ?? result.failure
                }
            }
        } catch {
            // A server that ends the connection says why first.
            throw failure ?? error
        }
    }

    /// The next result that libpq has; nil where the answer to a command ends.
    ///
    /// - Throws: when it is too late, or the connection is lost.
    private func nextResult(with patience: Patience) throws(PostgresFailure) -> ServerResult? {
        while PQisBusy(handle) == 1 {
            let unsent = PQflush(handle)
            guard unsent >= 0 else { throw broken }
            try patience.wait(for: PQsocket(handle), unsent == 0 ? POLLIN : POLLIN | POLLOUT)
            guard PQconsumeInput(handle) == 1 else { throw broken }
        }
        guard let result = PQgetResult(handle) else {
            guard PQstatus(handle) == CONNECTION_OK else { throw broken }
            return nil
        }
        return ServerResult(result)
    }
}
