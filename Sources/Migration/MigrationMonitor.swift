import ProviderKit
import Synchronization

/// What a migration shares with those who watch it: how far it is, and whether it is to stop.
package final class MigrationMonitor: Sendable {
    private let state = Mutex(MigrationProgress())
    private let stop = Atomic(false)

    package init() {}

    /// How far the migration is right now.
    package var progress: MigrationProgress { state.withLock { $0 } }

    /// Whether ``stopSoon()`` was called.
    package var isStopping: Bool { stop.load(ordering: .relaxed) }

    /// Lets no more rooms begin; those in hand are done first.
    package func stopSoon() { stop.store(true, ordering: .relaxed) }

    func update(_ change: (inout MigrationProgress) -> Void) { state.withLock { change(&$0) } }

    /// Counts what was written to the target.
    func addWritten(_ changes: PayloadRun, text: String) {
        update { progress in
            progress.changes += changes.count
            progress.bytes += changes.framed.count + text.utf8.count
        }
    }
}
