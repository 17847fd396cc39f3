import ConfigFile
import ProviderKit

/// What tells a provider from all others.
struct ProviderKey: Hashable {
    /// The section of its contract.
    let section: String
    let name: String
}

extension [ProviderKey: String] {
    /// Where the providers of plugins come from.
    init(_ plugins: [LoadedPlugin]) {
        self.init()
        for plugin in plugins {
            let offers = plugin.providers
            let names = [
                "storage": offers.storage.map(\.name), "autocomplete": offers.autocomplete.map(\.name),
                "conflict": offers.conflict.map(\.name),
            ]
            for (section, names) in names {
                for name in names { self[ProviderKey(section: section, name: name)] = plugin.path }
            }
        }
    }
}
