import ProviderKit

/// One room of a store, as a value.
struct MemoryRoom {
    private let record: RoomRecord
    private var updatedAt: Timestamp
    private var snapshot: Snapshot
    /// The newest entries without a gap, up to ``revision``.
    private var entries: [LogEntry] = []
    /// The newest revision.
    private(set) var revision = Revision.zero

    init(_ record: RoomRecord, text: String) {
        self.record = record
        updatedAt = record.createdAt
        snapshot = Snapshot(revision: .zero, text: text)
    }

    var stored: StoredRoom {
        let tail = entries(in: snapshot.revision.next..<revision.next)
        return StoredRoom(record: record, updatedAt: updatedAt, snapshot: snapshot, entries: Array(tail))
    }

    var summary: RoomSummary {
        RoomSummary(record: record, updatedAt: updatedAt, revision: revision)
    }

    /// The entries of a range that are still held.
    func entries(in range: Range<Revision>) -> ArraySlice<LogEntry> {
        entries[index(of: range.lowerBound)..<index(of: range.upperBound)]
    }

    mutating func append(_ append: RoomAppend) {
        entries += append.entries
        revision = append.last
        updatedAt = append.at
    }

    mutating func saveSnapshot(_ newer: Snapshot) {
        if newer.revision > snapshot.revision { snapshot = newer }
    }

    mutating func prune(through revision: Revision) {
        entries.removeSubrange(..<index(of: min(revision, snapshot.revision).next))
    }

    /// How many of the held entries come before a revision.
    private func index(of revision: Revision) -> Int {
        let first = self.revision.rawValue - entries.count + 1
        return min(max(revision.rawValue, first) - first, entries.count)
    }
}
