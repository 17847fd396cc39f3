import ProviderKit

/// Changes of a room that follow each other, as they are moved at once.
struct LogPage {
    /// The revision that the first of them leads to.
    let first: Revision
    /// At least one.
    let changes: PayloadRun

    /// The revision that the last of them leads to.
    var last: Revision { first.advanced(by: changes.count - 1) }

    /// Nil when there are no entries.
    ///
    /// - Parameter range: what a store was asked for.
    /// - Throws: `.corrupted` when the entries do not follow each other, or are others than those.
    init?(_ entries: [LogEntry], of range: Range<Revision>) throws(StorageError) {
        guard let first = entries.first?.revision, let last = entries.last?.revision else { return nil }
        self.first = first
        changes = PayloadRun(entries.lazy.map(\.payload))
        guard self.last == last else { throw .gap(before: last) }
        guard range.contains(first), range.contains(last) else {
            throw StorageError(.corrupted, "Changes \(first) to \(last) are in the place of others.")
        }
    }
}

extension StorageError {
    /// A log lacks changes in its middle.
    static func gap(before revision: Revision) -> StorageError {
        StorageError(.corrupted, "Changes before revision \(revision) are missing in the middle of the log.")
    }
}
