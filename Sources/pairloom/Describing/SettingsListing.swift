import ConfigFile
import ProviderKit

/// All settings in force as YAML, each with where it comes from behind it. Secrets are not shown.
struct SettingsListing {
    let configuration: Configuration

    /// The listing, a line each; a configuration again, but for its secrets.
    var lines: [String] {
        var lines = [header]
        var open: [String] = []
        for setting in configuration.settings {
            let sections = Array(setting.keys.dropLast())
            lines += headings(for: sections, open)
            open = sections
            let indent = Self.indent(sections.count)
            let line = "\(indent)\(setting.option.name): \(shown(setting))"
            let origin = [setting.origin.description, setting.reason].compactMap { $0 }.joined(separator: "; ")
            lines.append(Self.padded(line) + "  # \(origin)")
        }
        return lines + plugins
    }

    private var header: String {
        let source = configuration.source.map { "from \($0)" } ?? "without a file"
        return "# What a server goes by that starts now, \(source). Secrets are shown as ***."
    }

    /// The sections that begin before a setting, a blank line before each at the top.
    private func headings(for sections: [String], _ open: [String]) -> [String] {
        let shared = zip(sections, open).prefix { $0 == $1 }.count
        return sections.enumerated().dropFirst(shared).flatMap { depth, name in
            (depth == 0 ? [""] : []) + ["\(Self.indent(depth))\(name):"]
        }
    }

    private func shown(_ setting: SettingInForce) -> String {
        let value = setting.value.yaml(as: setting.option.kind)
        return setting.option.isSecret && value != "\"\"" ? "\"***\"" : value
    }

    private var plugins: [String] {
        guard !configuration.plugins.isEmpty else { return [] }
        return ["", "plugins:"]
            + configuration.plugins.map { plugin in
                Self.padded("  - \(OptionValue.string(plugin.path).yaml(as: .path))") + "  # \(plugin.origin)"
            }
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

    private static func padded(_ line: String) -> String {
        line + String(repeating: " ", count: max(0, 40 - line.count))
    }
}
