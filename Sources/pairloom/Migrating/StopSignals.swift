import ArgumentParser
import Foundation
import Migration
import Synchronization
import UnixSignals

/// What SIGINT and SIGTERM do to a migration: the first lets the rooms in hand be done, another one ends the process.
///
/// Ending it is safe at any moment, and merely leaves more for the next run.
final class StopSignals: Sendable {
    private let received = Mutex<Int32?>(nil)

    /// What the program ends with when a signal came: 128 and its number, as in a shell. Nil when none came.
    var exitCode: ExitCode? {
        received.withLock { $0 }.map { ExitCode(128 + $0) }
    }

    /// Waits for signals until the task is canceled.
    func watch(stopping monitor: MigrationMonitor) async {
        for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
            let isFirst = received.withLock { received in
                defer { received = signal.rawValue }
                return received == nil
            }
            guard isFirst else { exit(128 + signal.rawValue) }
            monitor.stopSoon()
        }
    }
}
