import Foundation
import GRDB
import ProviderKit

extension Database {
    /// Adds one row for each append, however many changes it has.
    func insertChanges(_ batch: [RoomAppend]) throws {
        let advance = try cachedStatement(
            sql: "UPDATE rooms SET revision = ?, updated_at = ? WHERE id = ? AND revision = ?")
        var conflicts: [RoomID] = []
        for append in batch {
            let (room, last, newest) = (append.room.rawValue, append.last, append.first.advanced(by: -1))
            try advance.execute(arguments: [last.rawValue, append.at.milliseconds, room, newest.rawValue])
            guard changesCount == 1 else {
                conflicts.append(append.room)
                continue
            }
            try insertRun(append.payloads, of: append.room, from: append.first)
        }
        guard conflicts.isEmpty else {
            throw StorageError(.conflict, "The entries do not start at the next revision.", rooms: conflicts)
        }
    }

    /// Adds the row of a run, if there is anything in it.
    func insertRun(_ payloads: PayloadRun, of id: RoomID, from first: Revision) throws {
        guard !payloads.isEmpty else { return }
        let insert = try cachedStatement(
            sql: "INSERT INTO changes (room, first_revision, last_revision, payloads) VALUES (?, ?, ?, ?)")
        let last = first.advanced(by: payloads.count - 1)
        try insert.execute(arguments: [id.rawValue, first.rawValue, last.rawValue, Data(payloads.framed)])
    }

    func insertEarlierChanges(_ payloads: PayloadRun, of id: RoomID, from first: Revision) throws {
        let select = try cachedStatement(
            sql: """
                SELECT coalesce((SELECT min(first_revision) FROM changes WHERE room = ?1), revision + 1)
                FROM snapshots WHERE room = ?1
                """)
        guard let oldest = try Int.fetchOne(select, arguments: [id.rawValue]) else {
            throw StorageError(.notFound, "There is no room \(id).")
        }
        guard !payloads.isEmpty, first.advanced(by: payloads.count).rawValue == oldest else {
            throw StorageError(.conflict, "The entries do not lead up to the oldest that is held.", rooms: [id])
        }
        try insertRun(payloads, of: id, from: first)
    }

    /// All changes after a revision.
    func fetchChanges(of id: RoomID, after revision: Revision) throws -> PayloadRun {
        let rows = try fetchRuns(of: id, in: revision.next..<Revision(.max))
        var changes = PayloadRun()
        while let row = try rows.next() {
            let run = try row.run()
            let next = revision.advanced(by: changes.count).next
            guard run.first <= next else { throw StorageError(.corrupted, "The log of a room has a gap.") }
            if run.first == next {
                changes.append(contentsOf: run.payloads)
            } else {
                for entry in run.entries where entry.revision >= next { changes.append(entry.payload) }
            }
        }
        return changes
    }

    func fetchEntries(of id: RoomID, in range: Range<Revision>, limit: Int) throws -> [LogEntry] {
        let rows = try fetchRuns(of: id, in: range)
        var entries: [LogEntry] = []
        while entries.count < limit, let row = try rows.next() {
            entries += try row.run().entries.filter { range.contains($0.revision) }.prefix(limit - entries.count)
        }
        return entries
    }

    /// The rows that have to do with a range, the one that reaches into it, or up to it, included.
    private func fetchRuns(of id: RoomID, in range: Range<Revision>) throws -> RowCursor {
        // The row before the range may reach into it; its key lets the search begin right there.
        let select = try cachedStatement(
            sql: """
                SELECT first_revision, payloads FROM changes
                WHERE room = ?1 AND first_revision < ?3 AND first_revision >= coalesce(
                    (SELECT max(first_revision) FROM changes WHERE room = ?1 AND first_revision <= ?2), ?2)
                ORDER BY first_revision
                """)
        return try Row.fetchCursor(
            select, arguments: [id.rawValue, range.lowerBound.rawValue, range.upperBound.rawValue])
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
        let kept = try row.run().entries.filter { $0.revision > revision }.map(\.payload)
        let update = try cachedStatement(
            sql: "UPDATE changes SET first_revision = ?, payloads = ? WHERE room = ? AND first_revision = ?")
        let first: Int = try row.decode(atIndex: 0)
        try update.execute(arguments: [revision.next.rawValue, Data(PayloadRun(kept).framed), id.rawValue, first])
    }
}

extension Row {
    /// The run of a row that begins with the first revision and the payloads.
    fileprivate func run() throws -> ChangeRun {
        let first = Revision(try decode(atIndex: 0))
        let blob = try withUnsafeData(atIndex: 1) { [UInt8]($0 ?? Data()) }
        guard let payloads = PayloadRun(framed: blob) else {
            throw StorageError(.corrupted, "A run of changes is damaged.")
        }
        return ChangeRun(first: first, payloads: payloads)
    }
}

/// A row of the log.
private struct ChangeRun {
    let first: Revision
    let payloads: PayloadRun

    var entries: [LogEntry] { payloads.entries(from: first) }
}
