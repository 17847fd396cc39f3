import ArgumentParser
import ConfigFile
import Migration
import ProviderKit
import Rooms

/// One run of `pairloom migrate`: both stores are started, rooms are copied until there are no more or a signal comes,
/// and the stores are closed.
struct MigrationRun {
    /// The place that the rooms come from.
    enum Source {
        case store(MigrationEnd)
        case fastAPI(FastAPIEnd)
    }

    let source: Source
    let target: MigrationEnd
    let options: MigrationOptions
    /// Whether to compare both sides in the end.
    let verifies: Bool

    func run() async throws {
        switch source {
        case .store(let source):
            try await source.withStore { from in
                try await target.withStore { to in
                    try await migrate(from, named: source.file, to)
                }
            }
        case .fastAPI(let source):
            try await source.withDatabase { database in
                try await target.withStore { to in
                    let rooms: FastAPIRooms
                    do throws(StorageError) {
                        rooms = try await FastAPIRooms(
                            of: database, for: to, largestDocument: target.configuration.limits.document,
                            now: RoomClock.system.now())
                    } catch {
                        throw Failure(message: "\(database.name): \(error)", code: .general)
                    }
                    try await migrate(rooms, named: database.name, to)
                }
            }
        }
    }

    private func migrate(_ from: any RoomStore, named name: String, _ to: any RoomStore) async throws {
        let monitor = MigrationMonitor()
        let migration = Migration(from: from, to: to, options: options, monitor: monitor)
        let signals = StopSignals()
        let start = ContinuousClock.now
        let problem = await withTaskGroup(of: Void.self) { group in
            group.addTask { await signals.watch(stopping: monitor) }
            group.addTask { await ProgressDisplay(monitor: monitor).run() }
            let problem = await work(through: migration, monitor)
            group.cancelAll()
            return problem
        }
        let progress = monitor.progress
        if progress.phase != .counting { print(progress.summary(after: .now - start)) }
        if let problem { throw failure(problem, named: name, progress) }
        if let code = signals.exitCode {
            StandardError.write("Stopped: \(state(progress)).\n")
            throw code
        }
        try check(progress, named: name)
    }

    /// Does all steps, or as many as there is time for; what comes back kept it from the rest.
    private func work(through migration: Migration, _ monitor: MigrationMonitor) async -> MigrationError? {
        do {
            try await migration.survey()
            if !monitor.isStopping { try await migration.copy() }
            if !monitor.isStopping, verifies { try await migration.verify() }
            return nil
        } catch {
            return error
        }
    }

    /// What an error says to an operator.
    private func failure(_ error: MigrationError, named source: String, _ progress: MigrationProgress) -> Failure {
        switch error {
        case .foreignRooms:
            let advice = "fill an empty store, or leave them as they are with --into-existing"
            return Failure(message: "\(target.file): \(error); \(advice)", code: .general)
        case .store(let failure):
            let file = failure.side == .source ? source : target.file
            return Failure(message: "\(file): \(error); \(state(progress))", code: .general)
        }
    }

    /// How far it came, and what to do about the rest.
    private func state(_ progress: MigrationProgress) -> String {
        "\(progress.phase.rawValue) was through with \(progress.done) of \(progress.total) rooms; "
            + "run it again for the rest"
    }

    /// Fails when anything is not as it should be.
    private func check(_ progress: MigrationProgress, named source: String) throws {
        // A path with a typo names a store too: a new one.
        guard progress.total > 0 else {
            throw Failure(message: "\(source): there is nothing to copy; is this the right store?", code: .general)
        }
        guard progress.failures.isEmpty else {
            throw Failure(message: "not all rooms could be copied", code: .general)
        }
        guard progress.differences.isEmpty else {
            throw Failure(message: "\(source) and \(target.file) do not hold the same", code: .general)
        }
    }
}
