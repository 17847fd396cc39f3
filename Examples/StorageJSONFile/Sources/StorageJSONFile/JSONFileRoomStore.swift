import Foundation
import ProviderKit

/// A store of rooms in a folder, which any number of servers may share.
///
/// Every call takes the folder's lock, reads the files that it needs, and writes those that it changes anew.
actor JSONFileRoomStore: RoomStore {
    private let folder: RoomFolder
    private let log: @Sendable (LogLevel, String) -> Void
    private let executor = BlockingExecutor()
    private var isClosed = false

    init(folder: String, log: @escaping @Sendable (LogLevel, String) -> Void) {
        self.folder = RoomFolder(path: folder)
        self.log = log
    }

    /// The store's own thread: files block whoever uses them.
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes the folder if need be, and sees whether it can be used.
    func start() throws(StorageError) {
        do {
            try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        } catch {
            throw StorageError(error)
        }
        try checkHealth()
    }

    func create(_ room: StoredRoom) throws(StorageError) {
        try use {
            guard try folder.content(of: RoomFolder.file(of: room.record.id)) == nil else {
                throw StorageError(.alreadyExists, "There is a room of this id already.")
            }
            try folder.save([RoomFile(room)])
        }
    }

    func load(_ id: RoomID) throws(StorageError) -> StoredRoom? {
        try use { try folder.room(id)?.stored }
    }

    func append(_ batch: [RoomAppend]) throws(StorageError) {
        try use {
            var rooms: [RoomFile] = []
            var conflicts: [RoomID] = []
            for append in batch {
                if let room = try folder.room(append.room)?.appending(append) {
                    rooms.append(room)
                } else {
                    conflicts.append(append.room)
                }
            }
            guard conflicts.isEmpty else {
                throw StorageError(.conflict, "The entries do not start at the next revision.", rooms: conflicts)
            }
            try folder.save(rooms)
        }
    }

    func prepend(_ payloads: PayloadRun, to id: RoomID, from first: Revision) throws(StorageError) {
        try change(id) { room in try room.prepend(payloads, from: first) }
    }

    func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) throws(StorageError) {
        try change(id) { room in try room.keep(snapshot) }
    }

    func prune(_ id: RoomID, through revision: Revision) throws(StorageError) {
        try use {
            guard var room = try folder.room(id) else { return }
            room.prune(through: revision)
            try folder.save([room])
        }
    }

    func entries(of id: RoomID, in range: Range<Revision>, limit: Int) throws(StorageError) -> [LogEntry] {
        try use { try folder.room(id)?.entries(in: range, limit: limit) ?? [] }
    }

    func rooms(after id: RoomID?, limit: Int) throws(StorageError) -> [RoomSummary] {
        try use {
            var page: [RoomSummary] = []
            for next in try folder.ids().sorted() where page.count < limit && id.map({ $0 < next }) ?? true {
                do {
                    if let room = try folder.room(next) { page.append(room.summary) }
                } catch let error as StorageError where error.code == .corrupted {
                    // One damaged file hides no other room.
                    log(.error, "left out of a list: \(error)")
                }
            }
            return page
        }
    }

    func delete(_ id: RoomID) throws(StorageError) {
        try use { try folder.remove(id) }
    }

    func checkHealth() throws(StorageError) {
        try use { try folder.probe() }
    }

    func close() {
        // Calls take their turns, so that whatever was begun has ended.
        isClosed = true
    }

    private func change(_ id: RoomID, _ body: (inout RoomFile) throws -> Void) throws(StorageError) {
        try use {
            guard var room = try folder.room(id) else { throw StorageError(.notFound, "There is no such room.") }
            try body(&room)
            try folder.save([room])
        }
    }

    private func use<Value>(_ body: () throws -> Value) throws(StorageError) -> Value {
        if isClosed { throw StorageError(.closed, "The store was closed.") }
        if Task.isCancelled { throw StorageError(.cancelled, "The task was cancelled.") }
        do {
            return try folder.whileLocked(body)
        } catch {
            throw StorageError(error)
        }
    }
}

/// Runs what an actor does on a thread that may be blocked, one call after the other.
private final class BlockingExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "pairloom.json-file")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
