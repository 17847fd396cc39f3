import ProviderKit
import Synchronization

/// What happens at the calls of one or more stores, which are counted from 0.
final class CallScript: Sendable {
    /// Comes between a caller and a store. Throws in place of the call, or after it.
    enum Fault: Sendable {
        /// The call is not made.
        case before(StorageError.Code)
        /// The call is made, and its answer lost.
        case after(StorageError.Code)
    }

    private let count = Mutex(0)
    private let fault: @Sendable (Int) -> Fault?

    /// - Parameter fault: what goes wrong at a call; nil when nothing does.
    init(_ fault: @escaping @Sendable (Int) -> Fault?) {
        self.fault = fault
    }

    /// How many calls there were.
    var calls: Int { count.withLock { $0 } }

    func next() -> Fault? {
        let number = count.withLock { count in
            defer { count += 1 }
            return count
        }
        return fault(number)
    }
}

/// A store whose calls go as a script says.
struct WatchedStore: RoomStore {
    let store: any RoomStore
    let script: CallScript
    /// Done before entries are added to a log, behind the back of the caller.
    var beforeAppend: @Sendable () async throws(StorageError) -> Void = {}

    func create(_ room: StoredRoom) async throws(StorageError) {
        try await call { () async throws(StorageError) in try await store.create(room) }
    }

    func load(_ id: RoomID) async throws(StorageError) -> StoredRoom? {
        try await call { () async throws(StorageError) in try await store.load(id) }
    }

    func append(_ batch: [RoomAppend]) async throws(StorageError) {
        try await beforeAppend()
        try await call { () async throws(StorageError) in try await store.append(batch) }
    }

    func prepend(_ payloads: PayloadRun, to id: RoomID, from first: Revision) async throws(StorageError) {
        try await call { () async throws(StorageError) in try await store.prepend(payloads, to: id, from: first) }
    }

    func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) async throws(StorageError) {
        try await call { () async throws(StorageError) in try await store.saveSnapshot(snapshot, for: id) }
    }

    func prune(_ id: RoomID, through revision: Revision) async throws(StorageError) {
        try await call { () async throws(StorageError) in try await store.prune(id, through: revision) }
    }

    func entries(of id: RoomID, in range: Range<Revision>, limit: Int) async throws(StorageError) -> [LogEntry] {
        try await call { () async throws(StorageError) in try await store.entries(of: id, in: range, limit: limit) }
    }

    func rooms(after id: RoomID?, limit: Int) async throws(StorageError) -> [RoomSummary] {
        try await call { () async throws(StorageError) in try await store.rooms(after: id, limit: limit) }
    }

    func delete(_ id: RoomID) async throws(StorageError) {
        try await call { () async throws(StorageError) in try await store.delete(id) }
    }

    func checkHealth() async throws(StorageError) {
        try await call { () async throws(StorageError) in try await store.checkHealth() }
    }

    func close() async {
        await store.close()
    }

    private func call<Value>(_ work: () async throws(StorageError) -> Value) async throws(StorageError) -> Value {
        let fault = script.next()
        if case .before(let code) = fault { throw StorageError(code, "Not done.") }
        let value = try await work()
        if case .after(let code) = fault { throw StorageError(code, "The answer was lost.") }
        return value
    }
}
