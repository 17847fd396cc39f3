import Migration
import ProviderKit

/// Copies one store into another, and says what was done and found.
@discardableResult
func migrate(
    _ source: any RoomStore, _ target: any RoomStore, jobs: Int = 1, allowsForeignRooms: Bool = false,
    verifies: Bool = false, monitor: MigrationMonitor = MigrationMonitor()
) async throws(MigrationError) -> MigrationProgress {
    let options = MigrationOptions(
        jobs: jobs, allowsForeignRooms: allowsForeignRooms, retries: Retries(limit: 3) { _ in }, pageSize: 4)
    let migration = Migration(from: source, to: target, options: options, monitor: monitor)
    try await migration.survey()
    try await migration.copy()
    if verifies { try await migration.verify() }
    return monitor.progress
}
