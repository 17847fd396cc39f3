import ProviderKit
import StorageMemory
import Synchronization

/// A store in memory that fails and waits as a test tells it to.
final class ScriptedStore: RoomStore {
    /// What happens to a commit.
    enum Step: Sendable {
        case fail(StorageError.Code)
        /// The commit is made, and then its answer is lost.
        case commitThenFail
        /// Waits until ``ScriptedStore/release()`` is called, then commits.
        case hold
    }

    let memory = MemoryRoomStore()
    private let state = Mutex(State())

    private struct State {
        var script: [Step] = []
        var appends: [[RoomAppend]] = []
        var loads = 0
        var held: CheckedContinuation<Void, Never>?
        var holdWatcher: CheckedContinuation<Void, Never>?
        var isLoadFailing = false
        var isLoadDamaged = false
        var locked: [RoomID: StorageError.Code] = [:]
        var isSilent = false
        var silenced: [CheckedContinuation<Void, Never>] = []
    }

    /// Adds to what happens to the next commits, one after the other; after that they succeed.
    func script(_ steps: Step...) {
        state.withLock { $0.script += steps }
    }

    func failLoads(_ isFailing: Bool) {
        state.withLock { $0.isLoadFailing = isFailing }
    }

    /// Makes every commit fail that has to do with a room, or lets it be again.
    func lock(_ room: RoomID, with code: StorageError.Code?) {
        state.withLock { $0.locked[room] = code }
    }

    /// Lets rooms be loaded as if they were damaged.
    func damageLoads() {
        state.withLock { $0.isLoadDamaged = true }
    }

    /// Whether the store leaves the question how it does without an answer.
    func beSilent(_ isSilent: Bool) {
        let silenced = state.withLock { state in
            state.isSilent = isSilent
            defer { state.silenced.removeAll() }
            return state.silenced
        }
        for continuation in silenced { continuation.resume() }
    }

    /// The commits that were tried so far.
    var appends: [[RoomAppend]] { state.withLock { $0.appends } }

    /// How often a room was loaded.
    var loads: Int { state.withLock { $0.loads } }

    /// Returns when a commit waits to be released.
    func waitForHold() async {
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                if state.held != nil { return true }
                state.holdWatcher = continuation
                return false
            }
            if isHeld { continuation.resume() }
        }
    }

    func release() {
        let held = state.withLock { state in
            defer { state.held = nil }
            return state.held
        }
        held?.resume()
    }

    func append(_ batch: [RoomAppend]) async throws(StorageError) {
        let step = state.withLock { state in
            state.appends.append(batch)
            return state.script.isEmpty ? nil : state.script.removeFirst()
        }
        switch step {
        case .fail(let code): throw StorageError(code, "as the test wants it")
        case .hold: await hold()
        case .commitThenFail, nil: break
        }
        let codes = state.withLock { $0.locked }
        let locked = batch.lazy.compactMap { codes[$0.room] }.first
        if let locked { throw StorageError(locked, "as the test wants it") }
        try await memory.append(batch)
        if case .commitThenFail = step { throw StorageError(.unavailable, "the answer was lost") }
    }

    private func hold() async {
        await withCheckedContinuation { continuation in
            let watcher = state.withLock { state in
                state.held = continuation
                defer { state.holdWatcher = nil }
                return state.holdWatcher
            }
            watcher?.resume()
        }
    }

    func load(_ id: RoomID) async throws(StorageError) -> StoredRoom? {
        let (isFailing, isDamaged) = state.withLock { state in
            state.loads += 1
            return (state.isLoadFailing, state.isLoadDamaged)
        }
        if isDamaged { throw StorageError(.corrupted, "as the test wants it") }
        if isFailing { throw StorageError(.unavailable, "as the test wants it") }
        return try await memory.load(id)
    }

    func create(_ room: StoredRoom) async throws(StorageError) {
        try await memory.create(room)
    }

    func prepend(_ payloads: PayloadRun, to id: RoomID, from first: Revision) async throws(StorageError) {
        try await memory.prepend(payloads, to: id, from: first)
    }

    func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) async throws(StorageError) {
        try await memory.saveSnapshot(snapshot, for: id)
    }

    func prune(_ id: RoomID, through revision: Revision) async throws(StorageError) {
        try await memory.prune(id, through: revision)
    }

    func entries(of id: RoomID, in range: Range<Revision>, limit: Int) async throws(StorageError) -> [LogEntry] {
        try await memory.entries(of: id, in: range, limit: limit)
    }

    func rooms(after id: RoomID?, limit: Int) async throws(StorageError) -> [RoomSummary] {
        try await memory.rooms(after: id, limit: limit)
    }

    func delete(_ id: RoomID) async throws(StorageError) {
        try await memory.delete(id)
    }

    func checkHealth() async throws(StorageError) {
        await withCheckedContinuation { continuation in
            let isSilent = state.withLock { state in
                if state.isSilent { state.silenced.append(continuation) }
                return state.isSilent
            }
            if !isSilent { continuation.resume() }
        }
        try await memory.checkHealth()
    }

    func close() async {
        await memory.close()
    }
}
