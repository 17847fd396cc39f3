import ProviderKit

/// The providers that a section chooses, in order.
struct ChosenProviders {
    let names: [String]
    /// Why `auto` chose them; nil when the configuration named them.
    var reason: String?

    /// What is written names no provider that there is, which was reported.
    static let none = ChosenProviders(names: [])
}

extension ConfigurationChecker {
    /// Finds out which providers a section chooses; none when what is written is wrong, which is then a problem.
    mutating func choose(
        in contract: ContractSection, _ entry: SourceEntry?, at path: OptionPath, section: SourcePosition?
    ) -> ChosenProviders {
        let section = (path: path, position: section)
        let path = path[contract.key]
        if let entry { note(entry.value, at: path) }
        if contract.takesSeveral, let node = entry?.value, isList(node, of: contract, at: path) {
            do {
                let items = try reader.items(of: contract.option(help: "").declaration, in: node, at: path)
                return choose(items, in: contract, at: path, node.position)
            } catch {
                problems.append(error)
                return .none
            }
        }
        guard let word = word(of: contract, entry?.value, at: path) else { return .none }
        let position = entry?.value.position ?? section.position
        if word == ContractSection.automaticWord, let automatic = contract.automatic {
            return choose(automatic, in: contract, at: path, of: section.path, position)
        }
        return isProvider(word, of: contract, contract.words, at: path, position)
            ? ChosenProviders(names: [word]) : .none
    }

    /// Whether a node names several providers: a list, or a variable that holds one.
    private func isList(_ node: SourceNode, of contract: ContractSection, at path: OptionPath) -> Bool {
        switch node.content {
        case .list: return true
        case .mapping: return false
        case .scalar(let scalar):
            let text = try? reader.text(of: contract.option(help: "").declaration, in: node, at: path)
            return FilledScalar.hasVariables(scalar.text) && text?.contains(",") == true
        }
    }

    /// Takes a list of names: each of a provider, and each once.
    private mutating func choose(
        _ items: [ListItem], in contract: ContractSection, at path: OptionPath, _ position: SourcePosition
    ) -> ChosenProviders {
        let available = contract.providers.map(\.name)
        if items.isEmpty {
            report(position, path, "the list is empty", "name one or more of: \(available.joined(separator: ", "))")
        }
        var names: [String] = []
        for (index, item) in items.enumerated() {
            let (word, place) = (item.text, item.node.position)
            if names.contains(word) {
                report(place, path[index], "`\(word)` stands twice", "name each provider once")
            } else if word == ContractSection.automaticWord, contract.automatic != nil {
                let help = "write it without a list, or name one of: \(available.joined(separator: ", "))"
                report(place, path[index], "`\(word)` stands alone", help)
            } else if isProvider(word, of: contract, available, at: path[index], place) {
                names.append(word)
            }
        }
        return ChosenProviders(names: names)
    }

    /// Whether a word names a provider of this build; reports when it does not.
    private mutating func isProvider(
        _ word: String, of contract: ContractSection, _ words: [String], at path: OptionPath,
        _ position: SourcePosition?
    ) -> Bool {
        if contract.providers.contains(where: { $0.name == word }) { return true }
        if let reason = contract.absent[word] {
            let help = "choose one of: \(words.joined(separator: ", "))"
            report(position, path, "`\(word)` is not available: \(reason)", help)
        } else {
            let help = Suggestion.help(for: word, in: words, introducing: "available")
            report(position, path, "unknown \(contract.key) `\(word.excerpt)`", help)
        }
        return false
    }

    private mutating func choose(
        _ automatic: AutomaticChoice, in contract: ContractSection, at path: OptionPath, of section: OptionPath,
        _ position: SourcePosition?
    ) -> ChosenProviders {
        let set = reader.variables.firstSet(of: automatic.variables)
        if let set, let text = reader.variables[set],
            let choice = reader.urlChoices.first(where: { $0.matches(text) }),
            contract.providers.contains(where: { $0.name == choice.provider })
        {
            let option = section[choice.provider][choice.option]
            given[option.text ?? ""] = (.string(reader.path(text)), set)
            return ChosenProviders(names: [choice.provider], reason: "auto: \(set) is a URL of \(choice.provider)")
        }
        let names = set == nil ? [automatic.otherwise] : automatic.whenSet
        let state = set.map { "\($0) is set" } ?? Self.absence(of: automatic.variables)
        let available = contract.providers.map(\.name)
        guard let missing = names.first(where: { !available.contains($0) }) else {
            return ChosenProviders(names: names, reason: "auto: \(state)")
        }
        let found = "\(state), so `auto` means `\(missing)`, which is not available"
        report(
            position, path, contract.absent[missing].map { "\(found): \($0)" } ?? found,
            "set `\(path.text ?? contract.key)` to one of: \(available.joined(separator: ", "))")
        return .none
    }

    private static func absence(of variables: [String]) -> String {
        variables.count > 1
            ? "neither \(variables.joined(separator: " nor ")) is set" : "\(variables.joined()) is not set"
    }

    /// The word at a node, its variables filled in, or the default when there is no node; nil when it is no word.
    private mutating func word(of contract: ContractSection, _ node: SourceNode?, at path: OptionPath) -> String? {
        guard let node else { return contract.defaultWord }
        do {
            return try reader.text(of: contract.option(help: "").declaration, in: node, at: path)
        } catch {
            problems.append(error)
            return nil
        }
    }
}
