import ProviderKit

/// What the journal knows of itself, for whoever asks.
struct JournalStatus {
    /// What the store said when it last refused a commit; nil when it took the last one.
    var failure: String?
    /// Since when changes wait that a commit has begun with.
    var unsavedSince: Timestamp?
    /// What the store last said when it was asked how it does, and when.
    var probe: (at: Timestamp, problem: String?)?
    /// When to give up; set once the journal is to end.
    var drainDeadline: Timestamp?
}

/// How the store does.
package struct StoreHealth: Sendable, Equatable {
    /// What is wrong, in a sentence; nil when the store takes changes.
    package let problem: String?
    /// How long the oldest change has been waiting to be saved.
    package let oldestUnsaved: Duration
    /// How much waits to be saved.
    package let unsavedBytes: Int

    package init(problem: String?, oldestUnsaved: Duration, unsavedBytes: Int) {
        self.problem = problem
        self.oldestUnsaved = oldestUnsaved
        self.unsavedBytes = unsavedBytes
    }

    package var isHealthy: Bool { problem == nil }
}

/// How the journal works.
package struct JournalOptions: Sendable {
    /// How many bytes of changes may wait for the store before new edits are refused.
    package let backlog: Int
    /// After how many changes a room's text is kept whole.
    package let snapshotEvery: Int
    /// The least time from the start of one commit to the start of the next; up to five times as long under high load.
    package let commitInterval: Duration
    /// How long the end may take.
    package let drainTimeout: Duration

    package init(
        backlog: Int = 64 << 20, snapshotEvery: Int = 500, commitInterval: Duration = .milliseconds(20),
        drainTimeout: Duration = .seconds(3)
    ) {
        self.backlog = backlog
        self.snapshotEvery = snapshotEvery
        self.commitInterval = commitInterval
        self.drainTimeout = drainTimeout
    }
}
