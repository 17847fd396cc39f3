import ProviderKit

/// One room of a store, as a value.
struct MemoryRoom {
    private let record: RoomRecord
    private var updatedAt: Timestamp
    private var snapshot: Snapshot
    /// The newest entries without a gap, up to ``revision``.
    private var entries: [LogEntry]
    /// The newest revision.
    private(set) var revision: Revision

    init(_ room: StoredRoom) {
        record = room.record
        updatedAt = room.updatedAt
        snapshot = room.snapshot
        entries = room.entries
        revision = room.revision
    }

    var stored: StoredRoom {
        let tail = entries(in: snapshot.revision.next..<revision.next)
        return StoredRoom(
            record: record, updatedAt: updatedAt, snapshot: snapshot, changes: PayloadRun(tail.map(\.payload)))
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

    /// Adds entries before all that are held; false when they do not lead up to those.
    mutating func prepend(_ earlier: [LogEntry]) -> Bool {
        let end = entries.first?.revision ?? snapshot.revision.next
        guard let first = earlier.first, first.revision.advanced(by: earlier.count) == end else { return false }
        entries = earlier + entries
        return true
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
