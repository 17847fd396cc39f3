import Foundation
import GRDB
import ProviderKit

extension Database {
    /// Adds one row for each append, however many changes it has.
    func insertChanges(_ batch: [RoomAppend]) throws {
        let advance = try cachedStatement(
            sql: "UPDATE rooms SET revision = ?, updated_at = ? WHERE id = ? AND revision = ?")
        let insert = try cachedStatement(
            sql: "INSERT INTO changes (room, first_revision, last_revision, payloads) VALUES (?, ?, ?, ?)")
        var conflicts: [RoomID] = []
        for append in batch {
            let (room, first, last) = (append.room.rawValue, append.first.rawValue, append.last.rawValue)
            try advance.execute(arguments: [last, append.at.milliseconds, room, first - 1])
            guard changesCount == 1 else {
                conflicts.append(append.room)
                continue
            }
            try insert.execute(arguments: [room, first, last, Data(append.payloads.framed)])
        }
        guard conflicts.isEmpty else {
            throw StorageError(.conflict, "The entries do not start at the next revision.", rooms: conflicts)
        }
    }

    func fetchEntries(of id: RoomID, in range: Range<Revision>, limit: Int) throws -> [LogEntry] {
        // The row before the range may reach into it; its key lets the search begin right there.
        let select = try cachedStatement(
            sql: """
                SELECT first_revision, payloads FROM changes
                WHERE room = ?1 AND first_revision < ?3 AND first_revision >= coalesce(
                    (SELECT max(first_revision) FROM changes WHERE room = ?1 AND first_revision <= ?2), ?2)
                ORDER BY first_revision
                """)
        let rows = try Row.fetchCursor(
            select, arguments: [id.rawValue, range.lowerBound.rawValue, range.upperBound.rawValue])
        var entries: [LogEntry] = []
        while entries.count < limit, let row = try rows.next() {
            entries += try row.entries().filter { range.contains($0.revision) }.prefix(limit - entries.count)
        }
        return entries
    }

    /// Drops changes up to a revision, as far as the snapshot covers them.
    func deleteChanges(of id: RoomID, through revision: Revision) throws {
        let select = try cachedStatement(sql: "SELECT min(revision, ?) FROM snapshots WHERE room = ?")
        guard let through = try Int.fetchOne(select, arguments: [revision.rawValue, id.rawValue]) else { return }
        try shortenRun(of: id, through: Revision(through))
        let delete = try cachedStatement(
            sql: "DELETE FROM changes WHERE room = ? AND first_revision <= ?")
        try delete.execute(arguments: [id.rawValue, through])
    }

    /// Takes the changes up to a revision away from the run that goes on after it, if there is one.
    private func shortenRun(of id: RoomID, through revision: Revision) throws {
        let select = try cachedStatement(
            sql: """
                SELECT first_revision, payloads FROM changes
                WHERE room = ?1 AND first_revision <= ?2 AND last_revision > ?2
                """)
        guard let row = try Row.fetchOne(select, arguments: [id.rawValue, revision.rawValue]) else { return }
        let kept = try row.entries().filter { $0.revision > revision }.map(\.payload)
        let update = try cachedStatement(
            sql: "UPDATE changes SET first_revision = ?, payloads = ? WHERE room = ? AND first_revision = ?")
        let first: Int = row[0]
        try update.execute(arguments: [revision.next.rawValue, Data(PayloadRun(kept).framed), id.rawValue, first])
    }
}

extension Row {
    /// The entries of a row that begins with the first revision and the payloads.
    fileprivate func entries() throws -> [LogEntry] {
        let first = Revision(self[0])
        let blob = try withUnsafeData(atIndex: 1) { [UInt8]($0 ?? Data()) }
        guard let payloads = PayloadRun(framed: blob) else {
            throw StorageError(.corrupted, "A run of changes is damaged.")
        }
        return payloads.enumerated().map { LogEntry(revision: first.advanced(by: $0.offset), payload: $0.element) }
    }
}
