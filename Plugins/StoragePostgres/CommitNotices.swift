import CLibPQ

/// The notices of a connection, of which one matters: the server committed, and gave up waiting for a standby.
///
/// PostgreSQL answers such a commit with success and a warning. It does so when the wait is canceled
/// (`pg_cancel_backend`), and when the connection or the server is shut down in the middle of it.
final class CommitNotices {
    /// The server's warning about a commit since ``clear()``, with its SQLSTATE; nil when there was none.
    private(set) var unconfirmedCommit: String?

    /// Takes the notices of a connection of libpq from now on. This object must outlive the connection.
    func receive(from connection: OpaquePointer) {
        let receiver: PQnoticeReceiver = { context, notice in
            guard let context, let notice else { return }
            Unmanaged<CommitNotices>.fromOpaque(context).takeUnretainedValue().add(notice)
        }
        PQsetNoticeReceiver(connection, receiver, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Forgets what was said before a transaction.
    func clear() {
        unconfirmedCommit = nil
    }

    private func add(_ notice: OpaquePointer) {
        func field(_ code: Int) -> String? { PQresultErrorField(notice, CInt(code)).map { String(cString: $0) } }
        guard let state = field(PGFieldSQLState), field(PGFieldSeverity) == "WARNING" else { return }
        // Triggers and functions may warn of anything with the same SQLSTATE. A warning without a source function, as
        // some forks send, counts as one of the commit.
        let isOfCommit = field(PGFieldSourceFunction).map { $0 == "SyncRepWaitForLSN" } ?? true
        guard isOfCommit, state.hasPrefix("01") || state.hasPrefix("57P") else { return }
        unconfirmedCommit = "\(state): \(field(PGFieldMessage)?.firstLine ?? "a warning without words")"
    }
}
