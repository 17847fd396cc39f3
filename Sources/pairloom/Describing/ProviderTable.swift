import ConfigFile

/// All providers in a table, by what they are for.
struct ProviderTable {
    let schema: ConfigurationSchema
    /// The file of the plugin that a provider comes from, by contract and name.
    let plugins: [ProviderKey: String]

    var lines: [String] {
        schema.sections.flatMap { section -> [String] in
            guard let contract = section.contract else { return [] }
            return [section.name] + rows(of: contract, in: section.name) + [""]
        }.dropLast()
    }

    private func rows(of contract: ContractSection, in section: String) -> [String] {
        let absent = contract.absent.sorted { $0.key < $1.key }
        let width = (contract.providers.map(\.name) + absent.map(\.key)).map(\.count).max() ?? 0
        func row(_ name: String, _ text: String) -> String {
            "  \(name)\(String(repeating: " ", count: width - name.count))  \(text)"
        }
        let rows = contract.providers.map { provider in
            let file = plugins[ProviderKey(section: section, name: provider.name)].map { " (plugin \($0))" } ?? ""
            return row(provider.name, "\(provider.summary)\(file)")
        }
        return rows + absent.map { row($0.key, "not available: \($0.value)") }
    }
}
