import ProviderKit

/// The copy of one room: first as it stands, so that it is right at once, then its past, from the newest change that is
/// missing back to the oldest.
///
/// Ended at any moment and begun again, it goes on where it was: what the target holds tells. A room that has gone
/// another way in the target stays as it is.
struct RoomCopy {
    /// What the copying came to.
    enum Outcome: Sendable {
        /// The target had no such room.
        case copied
        /// The target had a part of it.
        case continued
        /// The target had all of it.
        case alreadyThere
        /// The source no longer has the room.
        case gone
    }

    private let id: RoomID
    private let source: any RoomStore
    private let target: any RoomStore
    private let allowsEdited: Bool
    private let monitor: MigrationMonitor
    private var pageSize = PageSize()
    private var outcome = Outcome.alreadyThere

    /// - Parameter allowsEdited: whether a room that was edited in the target since counts as copied.
    init(
        of id: RoomID, from source: any RoomStore, to target: any RoomStore, allowsEdited: Bool = false,
        monitor: MigrationMonitor
    ) {
        self.id = id
        self.source = source
        self.target = target
        self.allowsEdited = allowsEdited
        self.monitor = monitor
    }

    /// Copies what the target lacks. May be called again after an error.
    mutating func run() async throws(RoomCopyError) -> Outcome {
        guard let room = try await on(.source, await source.load(id)) else { return .gone }
        if let held = try await on(.target, await target.load(id)) {
            if allowsEdited, held.revision > room.revision, held.record.hasSameBytes(as: room.record) { return outcome }
            try await check(held, against: room)
            try await appendChanges(after: held, of: room)
            try await prependChanges(before: try await oldestRevision(of: held))
        } else {
            outcome = .copied
            try await on(.target, await target.create(room))
            monitor.addWritten(room.changes, text: room.snapshot.text)
            try await prependChanges(before: room.snapshot.revision.next)
        }
        return outcome
    }

    /// Makes sure that what the target holds is the source's room as it once was.
    private func check(_ held: StoredRoom, against room: StoredRoom) async throws(RoomCopyError) {
        guard held.record.hasSameBytes(as: room.record) else { throw .otherRecord }
        let revision = held.revision
        guard revision <= room.revision else { throw .ahead(target: revision, source: room.revision) }
        guard revision < room.revision || held.updatedAt == room.updatedAt else { throw .diverged(at: revision) }
        let haveTexts = held.snapshot.revision == room.snapshot.revision
        guard !haveTexts || held.snapshot.text.hasSameBytes(as: room.snapshot.text) else {
            throw .diverged(at: held.snapshot.revision)
        }
        if let theirs = try await change(revision, .target, target),
            let ours = try await change(revision, .source, source)
        {
            guard ours == theirs else { throw .diverged(at: revision) }
        } else {
            // A room that was never changed has no change to compare, and none to lose.
            let isSame = haveTexts && held.snapshot.revision == revision
            guard isSame || revision == .zero else { throw .unproven(at: revision) }
        }
    }

    /// Adds what the source has that is newer than what the target holds.
    private mutating func appendChanges(after held: StoredRoom, of room: StoredRoom) async throws(RoomCopyError) {
        var newest = held.revision
        while newest < room.revision {
            guard let page = try await page(newest.next..<room.revision.next), page.first == newest.next else {
                throw .missing(after: newest)
            }
            let append = RoomAppend(room: id, first: page.first, payloads: page.changes, at: room.updatedAt)
            try await on(.target, await target.append([append]))
            noteWritten(page.changes)
            newest = page.last
        }
        guard held.snapshot.revision < room.snapshot.revision else { return }
        try await on(.target, await target.saveSnapshot(room.snapshot, for: id))
        noteWritten(PayloadRun(), text: room.snapshot.text)
    }

    /// Adds what the source holds before a revision, as far back as that goes.
    private mutating func prependChanges(before revision: Revision) async throws(RoomCopyError) {
        let start = Revision.zero.next
        var oldest = revision
        while oldest > start, let page = try await page(max(start, oldest.advanced(by: -pageSize.count))..<oldest) {
            guard page.last.next == oldest else {
                throw .store(StoreFailure(side: .source, error: .gap(before: oldest)))
            }
            try await on(.target, await target.prepend(page.changes, to: id, from: page.first))
            noteWritten(page.changes)
            oldest = page.first
        }
    }

    /// The revision of the oldest change that the target holds; where it holds none, the one of the next change.
    private func oldestRevision(of held: StoredRoom) async throws(RoomCopyError) -> Revision {
        let everything = Revision.zero..<Revision(.max)
        let oldest = try await on(.target, await target.entries(of: id, in: everything, limit: 1))
        return oldest.first?.revision ?? held.revision.next
    }

    /// The change that leads to a revision, if a store still holds it.
    private func change(
        _ revision: Revision, _ side: Side, _ store: any RoomStore
    ) async throws(RoomCopyError) -> LogEntry? {
        try await on(side, await store.entries(of: id, in: revision..<revision.next, limit: 1)).first
    }

    /// The first changes of a range, as the source holds them; nil when it holds none.
    private mutating func page(_ range: Range<Revision>) async throws(RoomCopyError) -> LogPage? {
        let limit = pageSize.count
        let entries = try await on(.source, await source.entries(of: id, in: range, limit: limit))
        do {
            guard let page = try LogPage(entries, of: range) else { return nil }
            pageSize.adapt(to: page.changes)
            return page
        } catch {
            throw .store(StoreFailure(side: .source, error: error))
        }
    }

    private mutating func noteWritten(_ changes: PayloadRun, text: String = "") {
        if outcome == .alreadyThere { outcome = .continued }
        monitor.addWritten(changes, text: text)
    }

    private func on<Value>(
        _ side: Side, _ call: @autoclosure () async throws(StorageError) -> Value
    ) async throws(RoomCopyError) -> Value {
        do {
            return try await call()
        } catch {
            throw .store(StoreFailure(side: side, error: error))
        }
    }
}
