/// What never changes about a room.
public struct RoomRecord: Sendable, Hashable {
    public let id: RoomID
    /// The language of the code, in lower case, as the creator named it.
    public let language: String
    public let createdAt: Timestamp

    public init(id: RoomID, language: String, createdAt: Timestamp) {
        self.id = id
        self.language = language
        self.createdAt = createdAt
    }
}

/// The whole text of a room at one revision. Any Unicode but U+0000.
public struct Snapshot: Sendable, Hashable {
    public let revision: Revision
    public let text: String

    public init(revision: Revision, text: String) {
        self.revision = revision
        self.text = text
    }
}

/// One change of a room, as opaque bytes.
public struct LogEntry: Sendable, Hashable {
    /// The revision that the change leads to: 1 for the first.
    public let revision: Revision
    public let payload: [UInt8]

    public init(revision: Revision, payload: [UInt8]) {
        self.revision = revision
        self.payload = payload
    }
}

/// Changes of one room that follow each other without a gap.
public struct RoomAppend: Sendable, Hashable {
    public let room: RoomID
    /// The revision that the first of the changes leads to.
    public let first: Revision
    /// One payload for each change; at least one.
    public let payloads: PayloadRun
    /// When the last of them was made.
    public let at: Timestamp

    public init(room: RoomID, first: Revision, payloads: PayloadRun, at: Timestamp) {
        self.room = room
        self.first = first
        self.payloads = payloads
        self.at = at
    }

    public init(room: RoomID, first: Revision, payloads: [[UInt8]], at: Timestamp) {
        self.init(room: room, first: first, payloads: PayloadRun(payloads), at: at)
    }

    /// The revision that the last of the changes leads to.
    public var last: Revision { first.advanced(by: payloads.count - 1) }

    /// The changes, each with its revision.
    public var entries: [LogEntry] { payloads.entries(from: first) }
}

/// A room as a store has it.
public struct StoredRoom: Sendable, Hashable {
    public let record: RoomRecord
    /// When the newest entry was made; when the room was created, if there is none.
    public let updatedAt: Timestamp
    public let snapshot: Snapshot
    /// The payloads of everything after the snapshot, one for each revision.
    public let changes: PayloadRun

    public init(record: RoomRecord, updatedAt: Timestamp, snapshot: Snapshot, changes: PayloadRun = PayloadRun()) {
        self.record = record
        self.updatedAt = updatedAt
        self.snapshot = snapshot
        self.changes = changes
    }

    /// A room that nobody has changed yet.
    public init(new record: RoomRecord, text: String) {
        self.init(
            record: record, updatedAt: record.createdAt, snapshot: Snapshot(revision: .zero, text: text))
    }

    /// The newest revision.
    public var revision: Revision { snapshot.revision.advanced(by: changes.count) }

    /// Everything after the snapshot, each with its revision.
    public var entries: [LogEntry] { changes.entries(from: snapshot.revision.next) }
}

/// A room in a list.
public struct RoomSummary: Sendable, Hashable {
    public let record: RoomRecord
    public let updatedAt: Timestamp
    /// The newest revision.
    public let revision: Revision

    public init(record: RoomRecord, updatedAt: Timestamp, revision: Revision) {
        self.record = record
        self.updatedAt = updatedAt
        self.revision = revision
    }
}
