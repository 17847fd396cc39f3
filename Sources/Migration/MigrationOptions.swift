/// How to copy.
package struct MigrationOptions: Sendable {
    /// How many rooms to have in hand at once.
    package var jobs: Int
    /// Whether the target may hold rooms that the source does not; they stay as they are.
    package var allowsForeignRooms: Bool
    /// Whether a room that has been edited in the target since it was copied counts as copied.
    package var allowsEditedRooms: Bool
    /// How often to try again what may succeed later.
    package var retries: Retries
    /// How many rooms to list at once.
    package var pageSize: Int

    package init(
        jobs: Int = 8, allowsForeignRooms: Bool = false, allowsEditedRooms: Bool = false,
        retries: Retries = .standard, pageSize: Int = 1_000
    ) {
        self.jobs = jobs
        self.allowsForeignRooms = allowsForeignRooms
        self.allowsEditedRooms = allowsEditedRooms
        self.retries = retries
        self.pageSize = pageSize
    }
}
