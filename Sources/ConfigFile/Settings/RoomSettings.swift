package import ProviderKit

/// How long rooms stay in memory, and how much of them.
package struct RoomSettings: Sendable, Hashable {
    /// How long a room without members stays in memory after its last change was saved.
    package var idleTimeout: Duration
    /// How many changes of each room are held in memory.
    package var history: Int
    /// How many rooms may be in memory at once.
    package var maxOpen: Int
    /// How many bytes the texts and changes of all rooms in memory may take together.
    package var maxBytes: Int

    package init(
        idleTimeout: Duration = Options.idleTimeout.defaultValue, history: Int = Options.history.defaultValue,
        maxOpen: Int = Options.maxOpen.defaultValue, maxBytes: Int = Options.maxBytes.defaultValue
    ) {
        self.idleTimeout = idleTimeout
        self.history = history
        self.maxOpen = maxOpen
        self.maxBytes = maxBytes
    }

    init(_ values: OptionValues) {
        self.init(
            idleTimeout: values[Options.idleTimeout], history: values[Options.history],
            maxOpen: values[Options.maxOpen], maxBytes: values[Options.maxBytes])
    }
}

extension RoomSettings {
    /// The keys of the section `rooms`.
    package enum Options {
        package static let idleTimeout = Option(
            "idle_timeout", .duration(.zero ... .seconds(2_592_000)), default: .seconds(300),
            help: "How long a room stays in memory after the last member left it.")
        package static let history = Option(
            "history", .integer(0...1_000_000), default: 1_000,
            help: "How many changes of each room are held in memory, to merge edits of older texts.")
        package static let maxOpen = Option(
            "max_open", .integer(1...10_000_000), default: 10_000, help: "How many rooms may be in memory at once.")
        package static let maxBytes = Option(
            "max_bytes", .size(1_048_576...1_099_511_627_776), default: 1_073_741_824,
            help: "How much memory the texts and changes of all open rooms may take together.")
    }

    static let section = ConfigurationSection(
        name: "rooms", help: "How long rooms stay in memory, and how much of them.",
        options: [
            Options.idleTimeout.declaration, Options.history.declaration, Options.maxOpen.declaration,
            Options.maxBytes.declaration,
        ])
}
