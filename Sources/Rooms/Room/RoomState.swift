package import CollabText
package import ProviderKit

/// All that is true of a room, and all of its rules: a pure value, without a socket, a clock or a store.
package struct RoomState: Sendable {
    package let record: RoomRecord
    package private(set) var updatedAt: Timestamp
    /// The text, its revision, and the changes that are still held.
    package private(set) var history: RoomHistory
    /// The newest revision that the store has for good.
    package private(set) var savedRevision: Revision
    /// The revision of the newest snapshot, in the store or on its way there.
    private var snapshotRevision: Revision
    private var members: Set<ClientID> = []
    /// Who made the newest changes in a row, and the revision before them.
    private var newestRun: (author: ClientID, before: Revision)?
    /// Text that was brought in since the last snapshot, in code units.
    private var loggedUnits = 0
    private let policy: any ConflictPolicy
    private let limits: RoomLimits

    /// A room as a store has it; its history begins at the snapshot.
    ///
    /// - Throws: `.corrupted` when the log does not tell a text.
    package init(stored: StoredRoom, policy: any ConflictPolicy, limits: RoomLimits) throws(RoomError) {
        record = stored.record
        updatedAt = stored.updatedAt
        self.policy = policy
        self.limits = limits
        snapshotRevision = stored.snapshot.revision
        history = RoomHistory(
            revision: stored.snapshot.revision, text: TextBuffer(stored.snapshot.text), limits: limits.history)
        for entry in stored.entries {
            let change = try RoomChange(entry: entry, of: stored.record.id).change
            guard entry.revision == history.revision.next, change.baseLength == history.text.count else {
                throw RoomError(.corrupted, "the log of room \(stored.record.id) breaks at revision \(entry.revision)")
            }
            history.commit(change)
        }
        savedRevision = history.revision
    }

    /// The newest revision.
    package var revision: Revision { history.revision }

    /// The newest text.
    package var text: TextBuffer { history.text }

    /// How many members are here.
    package var memberCount: Int { members.count }

    /// Lets a member in.
    ///
    /// - Throws: `.full` when the room has as many members as it may.
    package mutating func join(_ member: ClientID) throws(RoomError) {
        guard members.count < limits.members else {
            throw RoomError(.full, "the room has its \(limits.members) members already")
        }
        members.insert(member)
    }

    package mutating func leave(_ member: ClientID) {
        members.remove(member)
    }

    /// Whether the newest revision is this author's work.
    package func wroteLast(_ author: ClientID) -> Bool {
        newestRun?.author == author
    }

    /// The newest revision that is not this author's own work.
    package func newestRevision(notBy author: ClientID) -> Revision {
        if let newestRun, newestRun.author == author { return newestRun.before }
        return history.revision
    }

    /// Takes an edit, as the policy decides.
    ///
    /// What comes back says who must be told what; an edit that changes nothing makes no revision, so that clients that
    /// send back what they receive cannot keep a room busy.
    package mutating func receive(_ edit: ProposedEdit, at time: Timestamp) -> EditOutcome {
        switch policy.resolve(edit, against: history) {
        case .unchanged:
            return .unchanged
        case .reject(let rejection):
            return .rejected(rejection)
        case .apply(let change):
            guard !change.isIdentity else { return .unchanged }
            if newestRun?.author != edit.author { newestRun = (edit.author, history.revision) }
            history.commit(change)
            loggedUnits += change.insertedCount
            updatedAt = time
            let commit = RoomChange(revision: history.revision, author: edit.author, at: time, change: change)
            return .committed(commit, authorHasText: authorHasText(edit))
        }
    }

    /// Notes that the store has everything up to a revision.
    package mutating func didSave(through revision: Revision) {
        savedRevision = max(savedRevision, revision)
    }

    /// A snapshot to store, when the store's newest one is this many revisions old, or the log since then has grown to a
    /// multiple of the text.
    ///
    /// Always of a saved revision, since a snapshot must not run ahead of the log.
    package mutating func takeSnapshot(every count: Int) -> RoomSnapshot? {
        let isDue = savedRevision.rawValue - snapshotRevision.rawValue >= max(count, 1)
        let isLong = loggedUnits > max(1 << 16, 8 * history.text.count) && savedRevision > snapshotRevision
        guard isDue || isLong, let text = history.text(at: savedRevision) else { return nil }
        snapshotRevision = savedRevision
        loggedUnits = 0
        return RoomSnapshot(room: record.id, revision: savedRevision, text: text)
    }

    /// The same room, with the same members, as the store has it: another process wrote it.
    package func reloaded(from stored: StoredRoom) throws(RoomError) -> RoomState {
        var state = try RoomState(stored: stored, policy: policy, limits: limits)
        state.members = members
        return state
    }

    /// Whether the author of an edit that was just made already sees the text that now stands.
    private func authorHasText(_ edit: ProposedEdit) -> Bool {
        switch edit.content {
        case .text(let text): text == history.text
        case .change: edit.base?.next == history.revision
        }
    }
}

/// What became of an edit.
package enum EditOutcome: Sendable {
    /// It is in. Everyone else gets it; the author gets the text, unless it has it already.
    case committed(RoomChange, authorHasText: Bool)
    /// It would change nothing: nobody is told.
    case unchanged
    /// It is not in; the author gets the text that stands.
    case rejected(Rejection)
}

/// A room's text at a saved revision, on its way to the store.
package struct RoomSnapshot: Sendable, Equatable {
    package let room: RoomID
    package let revision: Revision
    package let text: TextBuffer

    /// The snapshot as a store takes it; costs a pass over the text.
    package var stored: Snapshot { Snapshot(revision: revision, text: text.description) }
}

/// What bounds a room.
package struct RoomLimits: Sendable {
    /// Members at the same time.
    package let members: Int
    /// How much of the past is held in memory.
    package let history: RoomHistory.Limits

    package init(members: Int = 100, history: RoomHistory.Limits = .init()) {
        self.members = members
        self.history = history
    }
}
