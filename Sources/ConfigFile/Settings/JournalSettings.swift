package import ProviderKit

/// How changes get into the store.
package struct JournalSettings: Sendable, Hashable {
    /// How many bytes may wait for the store before new edits are refused.
    package var backlog: Int
    /// A snapshot of a room's text is saved after so many changes.
    package var snapshotEvery: Int
    /// How many changes before its newest snapshot a room's log keeps; 0 for all.
    package var keepChanges: Int
    /// The least time from the start of one commit to the start of the next.
    package var commitInterval: Duration
    /// How long a stopping server waits for the last changes to be saved.
    package var drainTimeout: Duration

    package init(
        backlog: Int = Options.backlog.defaultValue, snapshotEvery: Int = Options.snapshotEvery.defaultValue,
        keepChanges: Int = Options.keepChanges.defaultValue,
        commitInterval: Duration = Options.commitInterval.defaultValue,
        drainTimeout: Duration = Options.drainTimeout.defaultValue
    ) {
        self.backlog = backlog
        self.snapshotEvery = snapshotEvery
        self.keepChanges = keepChanges
        self.commitInterval = commitInterval
        self.drainTimeout = drainTimeout
    }

    init(_ values: OptionValues) {
        self.init(
            backlog: values[Options.backlog], snapshotEvery: values[Options.snapshotEvery],
            keepChanges: values[Options.keepChanges], commitInterval: values[Options.commitInterval],
            drainTimeout: values[Options.drainTimeout])
    }
}

extension JournalSettings {
    /// The keys of the section `journal`.
    package enum Options {
        package static let backlog = Option(
            "backlog", .size(1_024...1_099_511_627_776), default: 67_108_864,
            help: "How much may wait for a store that is down before new edits are refused.")
        package static let snapshotEvery = Option(
            "snapshot_every", .integer(1...1_000_000), default: 500,
            help: "After how many changes the whole text of a room is saved again.")
        package static let keepChanges = Option(
            "keep_changes", .integer(0...1_000_000_000), default: 0,
            help:
                "How many changes before its newest snapshot a room keeps in the store, 256 at the least. 0 keeps them all."
        )
        package static let commitInterval = Option(
            "commit_interval", .duration(.zero ... .seconds(10)), default: .milliseconds(20),
            help:
                "The least time between two commits, up to five times as long under high load. A change on its own never waits."
        )
        package static let drainTimeout = Option(
            "drain_timeout", .duration(.zero ... .seconds(3_600)), default: .seconds(3),
            help: "How long a stopping server waits for the last changes to be saved.")
    }

    static let section = ConfigurationSection(
        name: "journal", help: "How changes get into the store.",
        options: [
            Options.backlog.declaration, Options.snapshotEvery.declaration, Options.keepChanges.declaration,
            Options.commitInterval.declaration, Options.drainTimeout.declaration,
        ])
}
