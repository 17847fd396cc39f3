import Logging
import ProviderKit

/// Keeps the snapshots that are due, and drops what is not to be kept of the log before them.
///
/// Works beside the commits, which never wait for it. Nothing is lost when it fails or falls behind: the log has it all,
/// and a later snapshot will do.
final class SnapshotWriter: Sendable {
    private let store: any RoomStore
    private let keepChanges: Int
    private let logger: Logger
    private let due: AsyncStream<RoomSnapshot>
    private let sender: AsyncStream<RoomSnapshot>.Continuation

    /// How many may wait; what comes when so many do is left to a later snapshot.
    private static let mostWaiting = 256

    /// - Parameter keepChanges: how many changes before its newest snapshot a room's log keeps; 0 for all.
    init(store: any RoomStore, keepChanges: Int, logger: Logger) {
        self.store = store
        self.keepChanges = keepChanges
        self.logger = logger
        (due, sender) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    }

    /// Hands over a snapshot to be kept soon.
    func add(_ snapshot: RoomSnapshot) {
        sender.yield(snapshot)
    }

    /// Keeps what is handed over, until the task is cancelled.
    func run() async {
        for await snapshot in due {
            await keep(snapshot)
        }
    }

    /// Keeps a snapshot now.
    func keep(_ snapshot: RoomSnapshot) async {
        do throws(StorageError) {
            try await store.saveSnapshot(snapshot.stored, for: snapshot.room)
            if keepChanges > 0 { try await prune(snapshot) }
        } catch {
            guard error.code != .cancelled else { return }
            logger.warning("A snapshot was not saved", metadata: ["room": "\(snapshot.room)", "error": "\(error)"])
        }
    }

    private func prune(_ snapshot: RoomSnapshot) async throws(StorageError) {
        let newest = snapshot.revision.advanced(by: -max(keepChanges, RoomDirectory.namesKept))
        if newest > .zero { try await store.prune(snapshot.room, through: newest) }
    }
}
