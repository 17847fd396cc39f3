package import CollabText
package import Logging
import NIOCore
package import ProviderKit

/// The rooms that are open: each is loaded once, however many ask at the same moment, and closed when nobody needs it.
package actor RoomDirectory {
    private let store: any RoomStore
    private let journal: Journal
    private var policy: NamedPolicy
    private var roomLimits: RoomLimits
    /// How often the two were changed.
    private var updates = 0
    private let options: DirectoryOptions
    private let clock: RoomClock
    private let logger: Logger
    private var entries: [RoomID: Entry] = [:]

    private enum Entry {
        /// Being loaded. The task is shared by all who wait, so it outlives each of them; it ends with the load.
        case opening(Task<Result<Room, RoomError>, Never>)
        case open(Room)
    }

    package init(
        store: any RoomStore, journal: Journal, policy: NamedPolicy, options: DirectoryOptions, clock: RoomClock,
        logger: Logger
    ) {
        self.store = store
        self.journal = journal
        self.policy = policy
        self.options = options
        roomLimits = options.roomLimits
        self.clock = clock
        self.logger = logger
    }

    /// Sets the policy of the rooms that are opened from now on, and the limits of all rooms.
    package func update(policy: NamedPolicy, members: Int, document: Int) async {
        self.policy = policy
        roomLimits = RoomLimits(members: members, document: document, history: roomLimits.history)
        updates += 1
        for case .open(let room) in entries.values { await room.setLimits(roomLimits) }
    }

    /// Makes a room in the store and returns it; it is opened when somebody joins.
    package func create(text: TextBuffer, language: String) async throws(RoomError) -> RoomDescription {
        let record = RoomRecord(id: .random(), language: language, createdAt: clock.now())
        do throws(StorageError) {
            try await store.create(record, text: text.description)
        } catch {
            throw RoomError(error)
        }
        return RoomDescription(record, text: text)
    }

    /// The room as it is right now, saved or not.
    package func describe(_ id: RoomID) async throws(RoomError) -> RoomDescription {
        while true {
            let room = try await room(id, near: nil)
            if let description = await room.describe() { return description }
            forget(room)
        }
    }

    /// Takes an edit of somebody who is not in the room.
    ///
    /// - Returns: what became of it, and the room as it then is.
    package func edit(
        _ id: RoomID, _ submission: Submission, as author: ClientID
    ) async throws(RoomError) -> (EditOutcome, RoomDescription) {
        while true {
            let room = try await room(id, near: nil)
            if let result = await room.receive(submission, as: author) { return result }
            forget(room)
        }
    }

    /// Lets a member into a room, and greets it.
    package func join(_ id: RoomID, _ member: any RoomMember) async throws(RoomError) -> Room {
        while true {
            let room = try await room(id, near: member.eventLoop)
            if try await room.join(member) { return room }
            // Retired between the two calls: it must not be found again.
            forget(room)
        }
    }

    /// How many rooms are open.
    package var openCount: Int { entries.count }

    // MARK: Opening

    private func room(_ id: RoomID, near eventLoop: (any EventLoop)?) async throws(RoomError) -> Room {
        switch entries[id] {
        case .open(let room):
            return room
        case .opening(let task):
            return try await task.value.get()
        case nil:
            let task = Task { await load(id, near: eventLoop) }
            entries[id] = .opening(task)
            let result = await task.value
            entries[id] = try? .open(result.get())
            return try result.get()
        }
    }

    private func load(_ id: RoomID, near eventLoop: (any EventLoop)?) async -> Result<Room, RoomError> {
        do throws(RoomError) {
            let stored = try await stored(id)
            let earlier = await entries(before: stored)
            try await makeSpace()
            let state = try await replay(stored, earlier)
            guard let room = await journal.open(state, on: eventLoop) else {
                throw RoomError(.shuttingDown, "the server has no event loop")
            }
            await room.setLimits(roomLimits)
            return .success(room)
        } catch {
            if error.code == .corrupted {
                logger.error("A room cannot be opened", metadata: ["room": "\(id)", "error": "\(error)"])
            }
            return .failure(error)
        }
    }

    /// Brings a room to its newest revision, under the policy that then holds.
    private func replay(_ stored: StoredRoom, _ earlier: [LogEntry]) async throws(RoomError) -> RoomState {
        while true {
            let updates = updates
            let state = try await Self.replay(stored, earlier, policy: policy, limits: roomLimits)
            if updates == self.updates { return state }
        }
    }

    /// Brings a room to its newest revision; not on the directory, since a long log takes its time.
    private nonisolated static func replay(
        _ stored: StoredRoom, _ earlier: [LogEntry], policy: NamedPolicy, limits: RoomLimits
    ) async throws(RoomError) -> RoomState {
        try RoomState(stored: stored, earlier: earlier, policy: policy, limits: limits)
    }

    /// The newest entries of a room's log up to its snapshot; fewer when they are large, or cannot be had.
    private func entries(before stored: StoredRoom) async -> [LogEntry] {
        var entries: [LogEntry] = []
        var bytes = 0
        var count = Self.firstNames
        var end = stored.snapshot.revision.next
        let start = max(stored.snapshot.revision.advanced(by: -Self.namesKept), .zero).next
        while end > start, bytes < Self.bytesForNames {
            let range = max(end.advanced(by: -count), start)..<end
            let page = try? await store.entries(of: stored.record.id, in: range, limit: count)
            guard let page, let first = page.first else { return entries }
            bytes += page.reduce(0) { $0 + $1.payload.count }
            entries = page + entries
            // What is older was pruned.
            if first.revision != range.lowerBound { return entries }
            end = range.lowerBound
            count = max(1, (Self.bytesForNames - bytes) * entries.count / max(bytes, 1))
        }
        return entries
    }

    /// How many edits before its snapshot a room knows by their names when it is opened.
    static let namesKept = 256
    /// What may be read for that, in bytes, and one page more.
    private static let bytesForNames = 1 << 20
    /// How many are read at first, to learn how large they are.
    private static let firstNames = 32

    private func stored(_ id: RoomID) async throws(RoomError) -> StoredRoom {
        do throws(StorageError) {
            guard let stored = try await store.load(id) else { throw StorageError(.notFound, "no room \(id)") }
            return stored
        } catch {
            throw RoomError(error)
        }
    }

    // MARK: Closing

    /// Closes rooms that nobody uses, until the task is cancelled.
    package func run() async {
        let pause = min(max(options.idleTimeout / 4, .milliseconds(100)), .seconds(30))
        while (try? await clock.sleep(pause)) != nil {
            await sweep()
        }
    }

    /// Closes every room that nobody was in for the idle time, and then as many as the bounds ask for.
    package func sweep() async {
        let idle = await idleRooms()
        let horizon = clock.now().advanced(by: .zero - options.idleTimeout)
        var bytes = idle.bytes
        for (room, usage) in idle.rooms where usage.lastUsed <= horizon || bytes > options.memory {
            if await close(room) { bytes -= usage.bytes }
        }
    }

    /// Makes sure that one more room may be open, at the cost of the one that was used longest ago.
    private func makeSpace() async throws(RoomError) {
        guard entries.count > options.maxOpen else { return }
        for (room, _) in await idleRooms().rooms where await close(room) { return }
        throw RoomError(.overloaded, "\(options.maxOpen) rooms are open, and all of them are in use")
    }

    /// The open rooms without members, the one used longest ago first; and the bytes that all open rooms take.
    private func idleRooms() async -> (rooms: [(Room, RoomUsage)], bytes: Int) {
        var idle: [(Room, RoomUsage)] = []
        var bytes = 0
        for case .open(let room) in entries.values {
            let usage = await room.usage()
            bytes += usage.bytes
            if usage.members == 0 { idle.append((room, usage)) }
        }
        return (idle.sorted { $0.1.lastUsed < $1.1.lastUsed }, bytes)
    }

    /// Closes a room, unless somebody came or something is not saved yet.
    private func close(_ room: Room) async -> Bool {
        guard case .retired(let snapshot) = await room.retire() else { return false }
        forget(room)
        if let snapshot { await journal.save(snapshot) }
        return true
    }

    private func forget(_ room: Room) {
        if case .open(let current) = entries[room.id], current === room { entries[room.id] = nil }
    }
}
