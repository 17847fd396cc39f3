/// How the journal works.
package struct JournalOptions: Sendable {
    /// How many bytes of changes may wait for the store before new edits are refused.
    package let backlog: Int
    /// After how many changes a room's text is kept whole.
    package let snapshotEvery: Int
    /// How many changes before its newest snapshot a room's log keeps; 0 for all.
    package let keepChanges: Int
    /// The least time from the start of one commit to the start of the next; up to five times as long under high load.
    package let commitInterval: Duration
    /// How long the end may take.
    package let drainTimeout: Duration

    package init(
        backlog: Int = 64 << 20, snapshotEvery: Int = 500, keepChanges: Int = 0,
        commitInterval: Duration = .milliseconds(20), drainTimeout: Duration = .seconds(3)
    ) {
        self.backlog = backlog
        self.snapshotEvery = snapshotEvery
        self.keepChanges = keepChanges
        self.commitInterval = commitInterval
        self.drainTimeout = drainTimeout
    }
}
