/// A store of rooms: an append-only log of changes for each room, with snapshots of the text.
///
/// The payloads of the log are opaque bytes. Every guarantee below is a clause of the conformance suite, in the same
/// words; run the suite against your store (`StorageConformance`).
///
/// **Durability.** When `create`, `append`, `prepend`, `saveSnapshot`, `prune` or `delete` returns, its effect survives the loss of
/// the process and of power, as far as the store promises to keep anything at all.
///
/// **Exclusion.** Two handles on one store, in one process or in two, never both win the same revision of a room.
///
/// **Revisions.** A room may be at any revision up to the largest (``Revision/largest``). Calls may name any number: a
/// number that is no revision of the room is one that the room is not at. What the store holds is read with
/// ``Revision/init(exactly:)``, and is `.corrupted` where that gives nil.
///
/// **Threads.** Calls come from any task, several at once. A store whose driver blocks runs it on threads of its own,
/// never on the caller's.
///
/// **After `close`** every call throws `.closed`; a second `close` does nothing.
public protocol RoomStore: Sendable {
    /// Adds a room, as ``load(_:)`` then gives it: a new one, or one of any age that comes from another store.
    ///
    /// - Throws: `.alreadyExists` when the store has a room of this id, which then stays as it was.
    func create(_ room: StoredRoom) async throws(StorageError)

    /// A room as it stands: its record, its newest snapshot and every entry after that, in order. Nil when there is none.
    func load(_ id: RoomID) async throws(StorageError) -> StoredRoom?

    /// Adds entries to the logs of one or many rooms, each room at most once in a batch.
    ///
    /// All or nothing: when the call throws, no entry of the batch is in the store. With `.unavailable` alone the outcome
    /// may be unknown; then all of the batch is in the store or none of it, and ``entries(of:in:limit:)`` tells which.
    ///
    /// - Throws: `.conflict`, naming every room whose entries do not start at the revision after its newest, and every
    ///   room that does not exist.
    func append(_ batch: [RoomAppend]) async throws(StorageError)

    /// Adds entries before all that are held, for a room whose history comes from another store.
    ///
    /// The entries lead up to the oldest entry that is held; where none is, to the snapshot's revision. The room's text,
    /// revision and times stay as they are.
    ///
    /// - Throws: `.notFound` when there is no such room; `.conflict` when the entries end elsewhere.
    func prepend(_ payloads: PayloadRun, to id: RoomID, from first: Revision) async throws(StorageError)

    /// Keeps a snapshot of a room's text. Never goes backwards: one older than the newest snapshot changes nothing.
    ///
    /// - Throws: `.notFound` when there is no such room; `.conflict` when it is newer than the room's newest entry.
    func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) async throws(StorageError)

    /// Drops log entries up to a revision, that revision included, but none that the newest snapshot does not cover.
    func prune(_ id: RoomID, through revision: Revision) async throws(StorageError)

    /// The entries of a range of revisions that are still held, in order, at most `limit`.
    func entries(of id: RoomID, in range: Range<Revision>, limit: Int) async throws(StorageError) -> [LogEntry]

    /// The rooms whose ids come after `id`, in the order of their ids, at most `limit`.
    func rooms(after id: RoomID?, limit: Int) async throws(StorageError) -> [RoomSummary]

    /// Removes a room with all that belongs to it. Nothing happens when there is none.
    func delete(_ id: RoomID) async throws(StorageError)

    /// Returns when the store can be read and written right now.
    func checkHealth() async throws(StorageError)

    /// Ends all work that was begun, then frees what the store holds.
    func close() async
}

extension RoomStore {
    /// Adds a room that nobody has changed yet.
    ///
    /// - Throws: `.alreadyExists` when the store has a room of this id, which then stays as it was.
    public func create(_ record: RoomRecord, text: String) async throws(StorageError) {
        try await create(StoredRoom(new: record, text: text))
    }
}
