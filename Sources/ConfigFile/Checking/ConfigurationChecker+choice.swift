import ProviderKit

extension ConfigurationChecker {
    /// Finds out which provider a section chooses; nil when it chooses none that there is, which is then a problem.
    mutating func choose(
        in contract: ContractSection, _ entry: SourceEntry?, at path: OptionPath, section: SourcePosition?
    ) -> (name: String, reason: String?)? {
        let path = path[contract.key]
        guard let word = word(of: contract, entry, at: path) else { return nil }
        let position = entry?.value.position ?? section
        if word == ContractSection.automaticWord, let automatic = contract.automatic {
            return choose(automatic, in: contract, at: path, position)
        }
        if contract.providers.contains(where: { $0.name == word }) { return (word, nil) }
        if let reason = contract.absent[word] {
            let help = "choose one of: \(contract.words.joined(separator: ", "))"
            report(position, path, "`\(word)` is not available: \(reason)", help)
        } else {
            let help = Suggestion.help(for: word, in: contract.words, introducing: "available")
            report(position, path, "unknown \(contract.key) `\(word.excerpt)`", help)
        }
        return nil
    }

    private mutating func choose(
        _ automatic: AutomaticChoice, in contract: ContractSection, at path: OptionPath, _ position: SourcePosition?
    ) -> (name: String, reason: String?)? {
        let isSet = reader.variables[automatic.variable] != nil
        let name = isSet ? automatic.whenSet : automatic.otherwise
        let state = isSet ? "is set" : "is not set"
        if contract.providers.contains(where: { $0.name == name }) {
            return (name, "auto: \(automatic.variable) \(state)")
        }
        let found = "\(automatic.variable) \(state), so `auto` means `\(name)`, which is not available"
        let names = contract.providers.map(\.name).joined(separator: ", ")
        report(
            position, path, contract.absent[name].map { "\(found): \($0)" } ?? found,
            "set `\(path.text ?? contract.key)` to one of: \(names)")
        return nil
    }

    /// The word that names a provider, its variables filled in; nil when what is written is no word.
    private mutating func word(of contract: ContractSection, _ entry: SourceEntry?, at path: OptionPath) -> String? {
        guard let entry else { return contract.defaultWord }
        note(entry.value, at: path)
        do {
            return try reader.text(of: contract.option(help: "").declaration, in: entry.value, at: path)
        } catch {
            problems.append(error)
            return nil
        }
    }
}
