package import ProviderKit

/// How changes get into the store.
package struct JournalSettings: Sendable, Hashable {
    /// How many bytes may wait for the store before new edits are refused.
    package var backlog: Int
    /// A snapshot of a room's text is saved after so many changes.
    package var snapshotEvery: Int
    /// How long a stopping server waits for the last changes to be saved.
    package var drainTimeout: Duration

    package init(
        backlog: Int = Options.backlog.defaultValue, snapshotEvery: Int = Options.snapshotEvery.defaultValue,
        drainTimeout: Duration = Options.drainTimeout.defaultValue
    ) {
        self.backlog = backlog
        self.snapshotEvery = snapshotEvery
        self.drainTimeout = drainTimeout
    }

    init(_ values: OptionValues) {
        self.init(
            backlog: values[Options.backlog], snapshotEvery: values[Options.snapshotEvery],
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
        package static let drainTimeout = Option(
            "drain_timeout", .duration(.zero ... .seconds(3_600)), default: .seconds(4),
            help: "How long a stopping server waits for the last changes to be saved.")
    }

    static let section = ConfigurationSection(
        name: "journal", help: "How changes get into the store.",
        options: [
            Options.backlog.declaration, Options.snapshotEvery.declaration, Options.drainTimeout.declaration,
        ])
}
