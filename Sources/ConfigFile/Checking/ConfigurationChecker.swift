import ProviderKit

/// Checks what a file says against the schema, and gathers every problem instead of stopping at one.
struct ConfigurationChecker {
    let schema: ConfigurationSchema
    let reader: OptionReader
    /// The address that the command line names in place of `server.host`.
    let listeningHost: String?
    /// In the order in which they were found.
    var problems: [ConfigurationError] = []
    /// The values that are accepted but are probably mistakes, in the order in which they were found.
    private(set) var warnings: [ConfigurationWarning] = []
    /// What must be there and is not, and what a variable gives that does not do.
    private var missing: [ConfigurationError] = []
    /// Where each value stands, by key path.
    private(set) var positions: [String: SourcePosition] = [:]
    /// Every value that will be used, in the order of the schema. They are good only when there are no problems.
    private(set) var settings: [SettingInForce] = []
    /// Values that a variable gives in the place of the file, by key path, each with the variable's name.
    var given: [String: (value: OptionValue, variable: String)] = [:]

    init(schema: ConfigurationSchema, reader: OptionReader, listeningHost: String? = nil) {
        self.schema = schema
        self.reader = reader
        self.listeningHost = listeningHost
    }

    /// The problem that stands first in the file; what is missing comes after what is wrong, since a key that is not
    /// known may be the missing one with a typo.
    var firstProblem: ConfigurationError? { Self.first(of: problems) ?? Self.first(of: missing) }

    private static func first(of problems: [ConfigurationError]) -> ConfigurationError? {
        let start = SourcePosition(line: 0, column: 0)
        return problems.min { ($0.position ?? start) < ($1.position ?? start) }
    }

    /// The checked sections by name. They are good only when there are no problems.
    mutating func check(_ entries: [SourceEntry]) -> [String: CheckedSection] {
        refuseUnknownKeys(of: entries, at: OptionPath(), among: schema.keys)
        var checked: [String: CheckedSection] = [:]
        for section in schema.sections {
            checked[section.name] = check(section, entries.first { $0.key == section.name })
        }
        checkRules(checked)
        return checked
    }

    private mutating func check(_ section: ConfigurationSection, _ entry: SourceEntry?) -> CheckedSection {
        let path = OptionPath(section.name)
        let entries = self.entries(of: entry, at: path, keys: section.keys)
        let options = section.options.filter { $0.name != section.contract?.key }
        let chosen = section.contract.map { contract in
            let word = entries.first { $0.key == contract.key }
            let chosen = choose(in: contract, word, at: path, section: entry?.keyPosition)
            settings += setting(of: contract, word, chosen, in: section)
            return chosen
        }
        let values = values(of: options, in: entries, at: path, .chosen(entry?.keyPosition))
        let choices = section.contract.map { check($0, chosen ?? .none, entries, at: path, entry?.keyPosition) }
        return CheckedSection(values: OptionValues(values), choices: choices ?? [])
    }

    /// The key that chooses providers, with those that it chose.
    private func setting(
        of contract: ContractSection, _ word: SourceEntry?, _ chosen: ChosenProviders, in section: ConfigurationSection
    ) -> [SettingInForce] {
        guard let option = section.options.first(where: { $0.name == contract.key }), let first = chosen.names.first
        else { return [] }
        return [
            SettingInForce(
                path: OptionPath(section.name)[contract.key], option: option,
                value: chosen.names.count == 1 ? .string(first) : .strings(chosen.names),
                origin: reader.origin(of: option, in: word?.value), reason: chosen.reason)
        ]
    }

    /// Checks the sections of all providers, and returns those that are chosen, in their order.
    private mutating func check(
        _ contract: ContractSection, _ chosen: ChosenProviders, _ entries: [SourceEntry], at path: OptionPath,
        _ section: SourcePosition?
    ) -> [ProviderChoice] {
        let place = entries.first { $0.key == contract.key }?.value.position ?? section
        var choices: [String: ProviderChoice] = [:]
        for provider in contract.providers {
            let path = path[provider.name]
            let entry = entries.first { $0.key == provider.name }
            let inner = self.entries(of: entry, at: path, keys: provider.options.map(\.name))
            let isChosen = chosen.names.contains(provider.name)
            let use = isChosen ? SectionUse.chosen(entry?.keyPosition ?? place) : .notChosen
            let values = values(of: provider.options, in: inner, at: path, use)
            choices[provider.name] = ProviderChoice(
                name: provider.name, values: OptionValues(values), reason: chosen.reason)
        }
        return chosen.names.compactMap { choices[$0] }
    }

    /// The keys and values of a section, none when it is absent, empty or no section at all.
    private mutating func entries(of entry: SourceEntry?, at path: OptionPath, keys: [String]) -> [SourceEntry] {
        guard let entry else { return [] }
        positions[path.text ?? ""] = entry.keyPosition
        guard case .mapping(let entries) = entry.value.content else {
            if !entry.value.isNull {
                report(entry.value.position, path, "found \(entry.value.shape)", help(for: entry.value, keys: keys))
            }
            return []
        }
        refuseUnknownKeys(of: entries, at: path, among: keys)
        return entries
    }

    /// What to write instead of a value that is no section.
    private func help(for value: SourceNode, keys: [String]) -> String {
        if keys.isEmpty { return "there is nothing to set here" }
        let list = keys.joined(separator: ", ")
        return value.lacksSpaceBehindColon
            ? "put a space after the colon of each key: \(list)" : "write keys with values below it: \(list)"
    }

    private mutating func values(
        of options: [OptionDeclaration], in entries: [SourceEntry], at path: OptionPath, _ use: SectionUse
    ) -> [String: OptionValue] {
        var values: [String: OptionValue] = [:]
        for option in options {
            let entry = entries.first { $0.key == option.name }
            values[option.name] = value(of: option, entry?.value, at: path[option.name], use)
        }
        return values
    }

    private mutating func value(
        of option: OptionDeclaration, _ node: SourceNode?, at path: OptionPath, _ use: SectionUse
    ) -> OptionValue? {
        do throws(ConfigurationError) {
            let written = try node.flatMap { node throws(ConfigurationError) in
                try reader.value(of: option, in: node, at: path, isUsed: use.isChosen)
            }
            if let node { try note(node, of: option, at: path) }
            guard case .chosen(let place) = use else { return written }
            let given = self.given[path.text ?? ""]
            let chosen = given?.value ?? written
            let value = chosen == nil ? try reader.defaultValue(of: option, at: path) : chosen
            if option.isRequired, value?.isEmpty != false {
                let variables = option.variables.joined(separator: " or ")
                let alternative = variables.isEmpty ? "" : ", or set the variable \(variables)"
                let help = "write \(option.kind.expectation)\(alternative): \(option.help)"
                missing.append(problem(node?.position ?? place, path, "a value is required", help))
            }
            if let value {
                let origin = given.map { self.origin(of: $0.variable) } ?? reader.origin(of: option, in: node)
                settings.append(SettingInForce(path: path, option: option, value: value, origin: origin))
                look(at: value, of: option, node, at: path)
            }
            return value
        } catch {
            // A variable that stands nowhere in the file comes after what does.
            if node == nil { missing.append(error) } else { problems.append(error) }
            return nil
        }
    }

    /// Where a value comes from that a variable gives in the place of the file.
    private func origin(of variable: String) -> ValueOrigin {
        reader.variables.origin(of: variable).map(ValueOrigin.init(variable:)) ?? .standard
    }

    /// Reports what a value of the right kind has that it should not have.
    private mutating func look(
        at value: OptionValue, of option: OptionDeclaration, _ node: SourceNode?, at path: OptionPath
    ) {
        if let origin = reader.quotedVariable(of: option, in: node) {
            warn(node?.position, path, "the value of \(origin) still has its quotes", "set it without them")
        }
        guard !value.isEmpty else { return }
        for finding in option.findings(value) {
            switch finding {
            case .error(let found, let help): report(node?.position, path, found, help)
            case .warning(let found, let help): warn(node?.position, path, found, help)
            }
        }
    }

    /// Remembers where the value of an option stands; of a list, where each of its values does.
    private mutating func note(
        _ node: SourceNode, of option: OptionDeclaration, at path: OptionPath
    ) throws(ConfigurationError) {
        positions[path.text ?? ""] = node.position
        guard case .strings = option.kind else { return }
        for (index, item) in try reader.items(of: option, in: node, at: path).enumerated() {
            positions[path[index].text ?? ""] = item.node.position
        }
    }

    /// Remembers where a value stands, and the items of a list.
    mutating func note(_ node: SourceNode, at path: OptionPath) {
        positions[path.text ?? ""] = node.position
        guard case .list(let items) = node.content else { return }
        for (index, item) in items.enumerated() { note(item, at: path[index]) }
    }

    private mutating func refuseUnknownKeys(of entries: [SourceEntry], at path: OptionPath, among keys: [String]) {
        for entry in entries where !keys.contains(entry.key) {
            let help =
                keys.isEmpty
                ? "there is nothing to set here"
                : Suggestion.help(for: entry.key, in: keys, introducing: "expected one of")
            report(entry.keyPosition, path[entry.key], "unknown key", help)
        }
    }

    /// Adds a problem: what was found at a place, and what would do.
    mutating func report(_ position: SourcePosition?, _ path: OptionPath, _ found: String, _ help: String) {
        problems.append(problem(position, path, found, help))
    }

    /// Adds a warning: what was found at a place, and what would do.
    mutating func warn(_ position: SourcePosition?, _ path: OptionPath, _ found: String, _ help: String) {
        warnings.append(ConfigurationWarning(problem(position, path, found, help)))
    }

    private func problem(
        _ position: SourcePosition?, _ path: OptionPath, _ found: String, _ help: String
    ) -> ConfigurationError {
        ConfigurationError(file: reader.file, position: position, keyPath: path.text, found: found, help: help)
    }
}
