import ConfigFile
import ProviderKit

/// Which settings are not the same in two configurations.
struct SettingChanges {
    /// Their keys, as in `limits.document`, in the order of the schema. What only one of the two has, since it is about a
    /// provider that the other did not choose, is told by the key that chooses.
    let paths: [String]

    init(from old: Configuration, to new: Configuration) {
        let oldValues = Self.values(of: old)
        let newValues = Self.values(of: new)
        let changed = new.settings.map(\.path).filter { path in
            oldValues[path].map { $0 != newValues[path] } ?? false
        }
        let plugins = old.plugins.map(\.path) == new.plugins.map(\.path) ? [] : [ConfigurationSchema.plugins.name]
        paths = changed + plugins
    }

    private static func values(of configuration: Configuration) -> [String: OptionValue] {
        Dictionary(configuration.settings.map { ($0.path, $0.value) }) { $1 }
    }

    /// Whether a change of a setting takes effect while the server runs.
    static func isReloadable(_ path: String) -> Bool {
        reloadable.contains { path == $0 || path.hasPrefix("\($0).") }
    }

    /// Sections and keys. What they are about is read anew when it is needed, or exchanged as a whole.
    private static let reloadable = [
        "server.allowed_origins", "server.public_url", "server.trusted_proxies", "autocomplete", "conflict", "limits",
        "log.level", ConfigurationSchema.plugins.name,
    ]
}
