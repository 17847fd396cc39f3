package import CollabText
package import ProviderKit

/// All that is true of a room, and all of its rules: a pure value, without a socket, a clock or a store.
package struct RoomState: Sendable {
    /// What never changes of the room.
    package let record: RoomRecord
    /// When the text was changed last.
    package internal(set) var updatedAt: Timestamp
    /// The text, its revision, and the changes that are still held.
    package internal(set) var history: RoomHistory
    /// The newest revision that the store has for good.
    package private(set) var savedRevision: Revision
    /// The revision of the newest snapshot, in the store or on its way there.
    private var snapshotRevision: Revision
    var members: [ClientID: Member] = [:]
    /// Who was here since the room was opened, members included: they may come back and go on.
    private var acquaintances: Set<ClientID> = []
    var applied = AppliedEdits()
    /// Who made the newest changes in a row, and the revision before them.
    var newestRun: (author: ClientID, before: Revision)?
    /// Text that was brought in since the last snapshot, in code units.
    var loggedUnits = 0
    private let namedPolicy: NamedPolicy
    /// What holds from now on. Members that are here stay, and so does a text that is longer.
    package var limits: RoomLimits

    var policy: any ConflictPolicy { namedPolicy.policy }

    /// A member, as the rules see it.
    struct Member: Sendable {
        /// The text that it shows, once it has sent a whole one.
        var view: ClientView?
        /// The revision that it was sent when it came in.
        let joined: Revision
        /// The oldest revision that its changes may be made on: it was sent a text of that revision instead of changes, so
        /// it cannot tell what became of an edit that it had made before.
        var floor: Revision
        /// Whether it came back, and may send edits again that were taken.
        var mayRepeat: Bool
        var presence = Presence()
        /// The revision that the selection is told in.
        var presenceRevision: Revision

        init(shown: Revision, floor: Revision, mayRepeat: Bool) {
            joined = shown
            self.floor = floor
            self.mayRepeat = mayRepeat
            presenceRevision = shown
        }
    }

    /// A room as a store has it; its history begins at the snapshot.
    ///
    /// - Parameter earlier: the newest entries of the log up to the snapshot, as far as they are known: edits that are sent
    ///   again are recognized by them.
    /// - Throws: `.corrupted` when the log does not tell a text, or leads to a revision that no room can be at.
    package init(
        stored: StoredRoom, earlier: [LogEntry] = [], policy: NamedPolicy, limits: RoomLimits
    ) throws(RoomError) {
        for revision in [stored.snapshot.revision, stored.revision] where Revision(exactly: revision.rawValue) == nil {
            throw RoomError(.corrupted, "room \(stored.record.id) is stored at revision \(revision), which cannot be")
        }
        record = stored.record
        updatedAt = stored.updatedAt
        namedPolicy = policy
        self.limits = limits
        snapshotRevision = stored.snapshot.revision
        history = RoomHistory(
            revision: stored.snapshot.revision, text: TextBuffer(stored.snapshot.text), limits: limits.history)
        for entry in earlier {
            // The text does not depend on these: one that cannot be read is one name less.
            guard (.zero...stored.snapshot.revision).contains(entry.revision),
                let change = try? RoomChange(entry: entry, of: stored.record.id), let id = change.id
            else { continue }
            applied.insert(id, by: change.author, at: change.revision)
        }
        for entry in stored.entries {
            let change = try RoomChange(entry: entry, of: stored.record.id)
            guard change.change.baseLength == history.text.count else {
                throw RoomError(.corrupted, "the log of room \(stored.record.id) breaks at revision \(entry.revision)")
            }
            history.commit(change.change, by: change.author)
            if let id = change.id { applied.insert(id, by: change.author, at: change.revision) }
        }
        savedRevision = history.revision
    }

    /// The newest revision.
    package var revision: Revision { history.revision }

    /// The newest text.
    package var text: TextBuffer { history.text }

    // MARK: Members

    /// How many members are here.
    package var memberCount: Int { members.count }

    /// Lets a member in; one with the same id, whose connection was lost, must have left before.
    ///
    /// - Parameter revision: the revision that the member had when its connection was lost, if it wants to go on there.
    /// - Throws: `.full` when the room has as many members as it may.
    package mutating func join(_ id: ClientID, resumingAt revision: Revision? = nil) throws(RoomError) -> Greeting {
        guard members.count < limits.members else {
            throw RoomError(.full, "the room has its \(limits.members) members already")
        }
        let missed = acquaintances.contains(id) ? revision.flatMap(history.entries(since:)) : nil
        // Who wanted to go on and starts over may have edits on their way that it made on a text of another past.
        let startsOver = revision != nil && missed == nil
        members[id] = Member(
            shown: history.revision, floor: startsOver ? history.revision : .zero, mayRepeat: revision != nil)
        // Nobody needs to be remembered for longer than what they could go on with.
        if acquaintances.count >= 8 * max(limits.members, 32) { acquaintances = Set(members.keys) }
        acquaintances.insert(id)
        return Greeting(
            revision: history.revision, text: history.text, savedRevision: savedRevision,
            missed: missed.map(Array.init), members: memberDescriptions, language: record.language,
            policy: namedPolicy.name)
    }

    /// Lets a member go; it may come back, and go on.
    package mutating func leave(_ member: ClientID) {
        members[member] = nil
    }

    /// Notes that a member is sent the text that stands, instead of changes.
    package mutating func didShowText(to member: ClientID) {
        members[member]?.floor = history.revision
        members[member]?.view?.willReceive(history.revision, isOwn: newestRun?.author == member)
    }

    /// The newest revision that is not this author's own work.
    package func newestRevision(notBy author: ClientID) -> Revision {
        if let newestRun, newestRun.author == author { return newestRun.before }
        return history.revision
    }

    // MARK: The store

    /// Notes that the store has everything up to a revision.
    package mutating func didSave(through revision: Revision) {
        savedRevision = max(savedRevision, revision)
    }

    /// A snapshot to store, when the store's newest one is this many revisions old, or more for a long text, so that the
    /// cost for each edit does not grow with it; or when the log since then has grown to a multiple of the text.
    ///
    /// Always of a saved revision, since a snapshot must not run ahead of the log.
    package mutating func takeSnapshot(every count: Int) -> RoomSnapshot? {
        let interval = count == 1 ? 1 : max(count, history.text.count / 256)
        let isDue = savedRevision.changes(since: snapshotRevision) >= max(interval, 1)
        let isLong = loggedUnits > max(1 << 16, 8 * history.text.count) && savedRevision > snapshotRevision
        guard isDue || isLong, let text = history.text(at: savedRevision) else { return nil }
        snapshotRevision = savedRevision
        loggedUnits = 0
        return RoomSnapshot(room: record.id, revision: savedRevision, text: text)
    }

    /// The same room, with the same members, as the store has it: another process wrote it.
    package func reloaded(from stored: StoredRoom) throws(RoomError) -> RoomState {
        var state = try RoomState(stored: stored, policy: namedPolicy, limits: limits)
        state.applied.keep(applied, upTo: min(savedRevision, stored.snapshot.revision))
        for (id, old) in members {
            var member = Member(shown: state.revision, floor: state.revision, mayRepeat: false)
            member.presence = Presence(name: old.presence.name, color: old.presence.color)
            state.members[id] = member
        }
        return state
    }
}
