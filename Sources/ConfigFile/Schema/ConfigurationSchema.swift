package import ProviderKit

/// All that `config.yaml` may say, for one catalog of providers.
package struct ConfigurationSchema: Sendable {
    /// In the order in which they are shown.
    package let sections: [ConfigurationSection]

    package init(catalog: ProviderCatalog) {
        sections = [
            ServerSettings.section,
            Self.storage(catalog.storage),
            Self.autocomplete(catalog.autocomplete),
            Self.conflict(catalog.conflict),
            LimitSettings.section,
            RoomSettings.section,
            JournalSettings.section,
            LogSettings.section,
        ]
    }

    /// The key `plugins`, which stands beside the sections.
    package static let plugins = PluginList.option.declaration

    /// Every key at the top of the file.
    var keys: [String] { sections.map(\.name) + [Self.plugins.name] }

    /// The environment variables that give a value, or choose a provider, without a word in the file.
    var variables: Set<String> {
        Set(
            sections.flatMap { section in
                let providers = section.contract?.providers.flatMap(\.options) ?? []
                let chosen = section.contract?.automatic?.variables ?? []
                return (section.options + providers).flatMap(\.variables) + chosen
            })
    }

    private static func storage(_ list: ProviderList<any RoomStore>) -> ConfigurationSection {
        let contract = ContractSection(key: "provider", list: list)
        return ConfigurationSection(
            name: "storage", help: "Where rooms are kept.",
            options: [contract.option(help: "Which store keeps the rooms.").declaration], contract: contract)
    }

    private static func autocomplete(_ list: ProviderList<any AutocompleteProvider>) -> ConfigurationSection {
        let contract = ContractSection(key: "provider", list: list, takesSeveral: true)
        let choice = contract.option(help: "Which provider suggests completions, or a list of some to try in order.")
        return ConfigurationSection(
            name: AutocompleteSettings.sectionName, help: "Who suggests completions.",
            options: [choice.declaration] + AutocompleteSettings.options, contract: contract)
    }

    private static func conflict(_ list: ProviderList<any ConflictPolicy>) -> ConfigurationSection {
        let contract = ContractSection(key: "policy", list: list)
        return ConfigurationSection(
            name: "conflict", help: "What happens when two people change the same text at once.",
            options: [contract.option(help: "How conflicting edits are settled.").declaration], contract: contract)
    }
}
