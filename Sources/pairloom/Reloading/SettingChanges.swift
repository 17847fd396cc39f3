import ConfigFile
import ProviderKit

/// Which settings are not the same in two configurations.
struct SettingChanges {
    /// Their keys, as in `limits.document`, in the order of the schema; those that are gone come last.
    let paths: [String]

    init(from old: Configuration, to new: Configuration) {
        let oldValues = Self.values(of: old)
        let newValues = Self.values(of: new)
        let changed = new.settings.map(\.path).filter { oldValues[$0] != newValues[$0] }
        let gone = old.settings.map(\.path).filter { newValues[$0] == nil }
        let plugins = old.plugins.map(\.path) == new.plugins.map(\.path) ? [] : [ConfigurationSchema.plugins.name]
        paths = changed + gone + plugins
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
        "server.allowed_origins", "autocomplete", "conflict", "limits", "log.level", ConfigurationSchema.plugins.name,
    ]
}
