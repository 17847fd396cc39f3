import Foundation
import ProviderKit

/// A room as its file has it.
struct RoomFile: Codable {
    private let id: String
    private let language: String
    /// In milliseconds since 1970, as ``updatedAt`` is.
    private let createdAt: Int64
    private var updatedAt: Int64
    /// The newest snapshot, and its revision.
    private var text: String
    private var textRevision: Int
    /// The newest revision, to which the last of the changes leads.
    private var revision: Int
    /// The payloads of the newest changes, without a gap; in JSON each is base64.
    private var changes: [Data]

    init(_ room: StoredRoom) {
        id = room.record.id.rawValue
        language = room.record.language
        createdAt = room.record.createdAt.milliseconds
        updatedAt = room.updatedAt.milliseconds
        text = room.snapshot.text
        textRevision = room.snapshot.revision.rawValue
        revision = room.revision.rawValue
        changes = room.changes.map { Data($0) }
    }

    /// Reads the file of a room.
    ///
    /// - Throws: `.corrupted` when it is not what ``json()`` wrote.
    init(json: Data, of id: RoomID) throws(StorageError) {
        do {
            self = try JSONDecoder().decode(RoomFile.self, from: json)
        } catch {
            throw Self.damage(of: id, "\(error)")
        }
        guard roomID == id else { throw Self.damage(of: id, "it is of another room") }
        guard Revision(exactly: textRevision) != nil, Revision(exactly: revision) != nil, textRevision <= revision,
            changes.count >= revision - textRevision, changes.count <= revision
        else {
            throw Self.damage(of: id, "its revisions do not go together")
        }
    }

    private static func damage(of id: RoomID, _ problem: String) -> StorageError {
        StorageError(.corrupted, "The file of a room is damaged.", underlying: "\(RoomFolder.file(of: id)): \(problem)")
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    var roomID: RoomID { RoomID(id) }

    var stored: StoredRoom {
        let tail = changes.suffix(revision - textRevision).map { [UInt8]($0) }
        return StoredRoom(
            record: summary.record, updatedAt: summary.updatedAt,
            snapshot: Snapshot(revision: Revision(textRevision), text: text), changes: PayloadRun(tail))
    }

    var summary: RoomSummary {
        RoomSummary(
            record: RoomRecord(id: roomID, language: language, createdAt: Timestamp(milliseconds: createdAt)),
            updatedAt: Timestamp(milliseconds: updatedAt), revision: Revision(revision))
    }

    /// The entries of a range that are still held, at most `limit`.
    func entries(in range: Range<Revision>, limit: Int) -> [LogEntry] {
        changes.enumerated().lazy
            .map { LogEntry(revision: Revision(oldest + $0.offset), payload: [UInt8]($0.element)) }
            .filter { range.contains($0.revision) }
            .prefix(limit).map(\.self)
    }

    /// The room with further changes; nil when they do not start at the next revision.
    func appending(_ append: RoomAppend) -> RoomFile? {
        guard append.first.rawValue == revision + 1 else { return nil }
        var room = self
        room.changes += append.payloads.map { Data($0) }
        room.revision = append.last.rawValue
        room.updatedAt = append.at.milliseconds
        return room
    }

    /// Adds changes before all that are held.
    mutating func prepend(_ payloads: PayloadRun, from first: Revision) throws(StorageError) {
        let end = changes.isEmpty ? textRevision + 1 : oldest
        guard !payloads.isEmpty, first.advanced(by: payloads.count).rawValue == end else {
            throw StorageError(.conflict, "The entries do not lead up to the oldest that is held.", rooms: [roomID])
        }
        changes = payloads.map { Data($0) } + changes
    }

    /// Keeps a snapshot, unless the newest is newer.
    mutating func keep(_ snapshot: Snapshot) throws(StorageError) {
        guard snapshot.revision.rawValue <= revision else {
            throw StorageError(.conflict, "The snapshot is newer than the newest entry.", rooms: [roomID])
        }
        guard snapshot.revision.rawValue > textRevision else { return }
        text = snapshot.text
        textRevision = snapshot.revision.rawValue
    }

    /// Drops changes up to a revision, as far as the snapshot covers them.
    mutating func prune(through revision: Revision) {
        let end = min(revision.rawValue, textRevision)
        if end >= oldest { changes.removeFirst(end - oldest + 1) }
    }

    /// The revision that the oldest change leads to.
    private var oldest: Int { revision - changes.count + 1 }
}
