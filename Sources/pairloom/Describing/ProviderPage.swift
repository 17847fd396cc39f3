import ConfigFile
import Foundation
import ProviderKit

/// One provider with all of its options, and an example of them.
struct ProviderPage {
    let section: ConfigurationSection
    let contract: ContractSection
    let provider: ContractSection.Provider
    /// The file that it comes from, if it is of a plugin.
    let plugin: String?

    var lines: [String] {
        let origin = plugin.map { ["From the plugin \($0)."] } ?? []
        let options = provider.options.isEmpty ? ["There is nothing to set."] : provider.options.flatMap(rows)
        return ["\(provider.name) (\(section.name)): \(provider.summary)"] + origin + [""] + options
            + ["", "In config.yaml:", ""] + example.map { "  \($0)" }
    }

    private func rows(of option: OptionDeclaration) -> [String] {
        ["  \(option.name): \(facts(of: option).joined(separator: "; "))", "      \(option.help)"]
    }

    private func facts(of option: OptionDeclaration) -> [String] {
        var facts = [option.kind.expectation]
        if option.isRequired { facts.append("required") }
        if !option.variables.isEmpty {
            let variables = option.variables.joined(separator: " or ")
            facts.append("taken from the variable \(variables) when it is not written")
        }
        if let value = option.defaultValue, option.variables.isEmpty || value != .string(""), !option.isSecret {
            let text = value.yaml(as: option.kind)
            facts.append(text == "\"\"" ? "empty by default" : "default: \(text)")
        }
        if option.isSecret { facts.append("secret, never shown") }
        return facts
    }

    /// The part of `config.yaml` that chooses the provider and sets each of its options; every value is one that does.
    var example: [String] {
        let choice = ["\(section.name):", "  \(contract.key): \(provider.name)"]
        guard !provider.options.isEmpty else { return choice }
        return choice + ["  \(provider.name):"]
            + provider.options.map { "    \($0.name): \(Self.example(of: $0))" }
    }

    private static func example(of option: OptionDeclaration) -> String {
        if let variable = option.variables.first {
            // With a default it may be empty, so that another of the variables counts.
            let isNeeded = option.isRequired && option.variables.count == 1
            let standard = option.defaultValue?.yaml(as: option.kind).trimmingCharacters(in: ["\""]) ?? ""
            return "\"${\(variable)\(isNeeded ? "" : ":-\(standard)")}\""
        }
        if let value = option.defaultValue, !option.isSecret { return value.yaml(as: option.kind) }
        switch option.kind {
        case .string: return option.isSecret ? "\"${\(option.name.uppercased()):-secret}\"" : "text"
        case .path: return "path"
        case .boolean: return "true"
        case .integer(let range): return OptionValue.integer(range.lowerBound).yaml(as: option.kind)
        case .size(let range): return OptionValue.integer(range.lowerBound).yaml(as: option.kind)
        case .duration(let range): return OptionValue.duration(range.lowerBound).yaml(as: option.kind)
        case .choice(let words): return OptionValue.string(words.first ?? "").yaml(as: option.kind)
        case .strings: return "[one, two]"
        }
    }
}
