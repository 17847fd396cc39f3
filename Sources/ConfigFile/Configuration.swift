package import ProviderKit

/// Everything that the server is told at its start: checked, typed, and with every default filled in.
package struct Configuration: Sendable {
    package let server: ServerSettings
    package let storage: ProviderChoice
    /// The providers of suggestions, in the order in which they are tried; at least one.
    package let autocomplete: [ProviderChoice]
    package let suggestions: AutocompleteSettings
    package let conflict: ProviderChoice
    package let limits: LimitSettings
    package let rooms: RoomSettings
    package let journal: JournalSettings
    package let log: LogSettings
    /// Every value of the above, with where it comes from, in the order of the schema.
    package let settings: [SettingInForce]
    /// The values that are accepted but are probably mistakes, in the order of the schema.
    package let warnings: [ConfigurationWarning]
    /// The libraries with more providers, in the order in which they were loaded.
    package let plugins: [LoadedPlugin]
    /// The providers that there are, those of plugins included.
    package let catalog: ProviderCatalog
    /// The file that was read, as it was named; nil when the built-in defaults are used.
    package let source: String?
    /// Where each written value stands in the file, by key path (`storage.sqlite.path`).
    ///
    /// An item of a list is found as `server.allowed_origins[0]`. What is missing here has its default.
    package let positions: [String: SourcePosition]
}

/// The provider that a configuration chose for one contract.
package struct ProviderChoice: Sendable {
    /// The provider's name in the catalog.
    package let name: String
    /// The provider's options, checked; paths are absolute.
    package let values: OptionValues
    /// Why `auto` chose it, for the log: `auto: DATABASE_URL is not set`. Nil when the configuration named it.
    package let reason: String?

    package init(name: String, values: OptionValues = OptionValues(), reason: String? = nil) {
        self.name = name
        self.values = values
        self.reason = reason
    }
}
