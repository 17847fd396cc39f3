import ProviderKit

/// A row of the table `changes`: changes of one room that follow each other.
struct ChangeRun {
    /// The revision that the first of them leads to.
    let first: Revision
    let payloads: PayloadRun

    init(first: Revision, framed bytes: [UInt8]) throws(PostgresFailure) {
        guard let payloads = PayloadRun(framed: bytes), !payloads.isEmpty, first > .zero,
            first.advanced(by: payloads.count - 1) <= .largest
        else {
            throw .damaged("a run of changes is damaged")
        }
        self.first = first
        self.payloads = payloads
    }

    /// The revision that the last of them leads to.
    var last: Revision { first.advanced(by: payloads.count - 1) }

    var entries: [LogEntry] { payloads.entries(from: first) }

    /// The payloads of the changes after a revision.
    func payloads(after revision: Revision) -> PayloadRun {
        revision < first ? payloads : PayloadRun(entries.filter { $0.revision > revision }.map(\.payload))
    }
}

/// The changes of a room after its snapshot, put together from their runs.
struct LogTail {
    /// The revision that the last of them leads to.
    private(set) var newest: Revision
    private(set) var payloads = PayloadRun()

    /// - Parameter snapshot: the revision of the snapshot.
    init(after snapshot: Revision) {
        newest = snapshot
    }

    /// Adds the next run, of which the first may begin before the snapshot.
    mutating func append(_ run: ChangeRun) throws(PostgresFailure) {
        let before = run.first.advanced(by: -1)
        guard before <= newest, before == newest || payloads.isEmpty else {
            throw .damaged("changes are missing before revision \(run.first)")
        }
        payloads.append(contentsOf: run.payloads(after: newest))
        newest = run.last
    }
}
