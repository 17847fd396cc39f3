import ProviderKit

/// What the names must look like that a plugin brings along.
struct PluginRules {
    /// What is there already.
    let catalog: ProviderCatalog

    /// What is wrong with what a plugin offers, or nil.
    func problem(of plugin: PluginProviders) -> PluginProblem? {
        let sections = ConfigurationSchema(catalog: catalog).sections
        let storage = names(of: plugin.storage, in: "storage", sections)
        let autocomplete = names(of: plugin.autocomplete, in: AutocompleteSettings.sectionName, sections)
        return storage ?? autocomplete ?? names(of: plugin.conflict, in: "conflict", sections)
    }

    private func names<Provider>(
        of providers: [ProviderDescriptor<Provider>], in section: String, _ sections: [ConfigurationSection]
    ) -> PluginProblem? {
        var taken = sections.first { $0.name == section }?.keys ?? []
        for provider in providers {
            let offer = "offers a provider for \(section) named `\(provider.name.excerpt)`"
            if !NameRule.isName(provider.name, joinedBy: "-") {
                return fault("\(offer), which can be no name", "lower case letters and digits, joined by hyphens")
            }
            if provider.name == ContractSection.automaticWord {
                return fault("\(offer), a word that leaves the choice to the server", "the name of what it is")
            }
            if taken.contains(provider.name) {
                return PluginProblem(
                    found: "\(offer), and that name is taken", help: "leave one of the two out, or rename the plugin's")
            }
            taken.append(provider.name)
            if let problem = options(of: provider) { return problem }
        }
        return nil
    }

    private func options<Provider>(of provider: ProviderDescriptor<Provider>) -> PluginProblem? {
        var names: [String] = []
        for option in provider.options {
            let offer = "offers `\(provider.name)` with an option named `\(option.name.excerpt)`"
            if !NameRule.isName(option.name, joinedBy: "_") {
                return fault("\(offer), which can be no name", "lower case letters and digits, joined by underscores")
            }
            if names.contains(option.name) {
                return PluginProblem(found: "\(offer) twice", help: "its author must list each option once")
            }
            names.append(option.name)
        }
        return nil
    }

    private func fault(_ found: String, _ rule: String) -> PluginProblem {
        PluginProblem(found: found, help: "its author must give it another: \(rule)")
    }
}
