package import ProviderKit

/// One section of `config.yaml` as data: from it come validation and documentation.
package struct ConfigurationSection: Sendable {
    /// The key at the top of the file.
    package let name: String
    /// What it is about, in one line.
    package let help: String
    /// The keys of the section itself, the one that chooses a provider among them.
    package let options: [OptionDeclaration]
    /// The sections of providers inside this one; nil when nothing is chosen here.
    package let contract: ContractSection?

    init(name: String, help: String, options: [OptionDeclaration], contract: ContractSection? = nil) {
        self.name = name
        self.help = help
        self.options = options
        self.contract = contract
    }

    /// Every key that the section may have; none of them can be the name of another provider.
    package var keys: [String] {
        options.map(\.name) + (contract.map { $0.providers.map(\.name) + $0.absent.keys.sorted() } ?? [])
    }
}

/// The part of a section that chooses a provider and holds the options of each.
package struct ContractSection: Sendable {
    /// A provider's own section: its name, what it is, and its keys.
    package struct Provider: Sendable {
        package let name: String
        package let summary: String
        package let options: [OptionDeclaration]
    }

    /// The word `auto`.
    package static let automaticWord = "auto"

    /// The key that names the provider: `provider` or `policy`.
    package let key: String
    /// In the order of the catalog.
    package let providers: [Provider]
    /// Names that may have a section although this build lacks them, each with the reason.
    package let absent: [String: String]
    /// What `auto` chooses; nil when the contract has no `auto`.
    package let automatic: AutomaticChoice?
    /// Whether the key may hold a list of names, to be tried in order.
    package let takesSeveral: Bool

    init(key: String, list: ProviderList<some Any>, takesSeveral: Bool = false) {
        self.key = key
        self.takesSeveral = takesSeveral
        providers = list.providers.map { Provider(name: $0.name, summary: $0.summary, options: $0.options) }
        absent = list.absent
        automatic = list.automatic
    }

    /// The words that choose a provider of this build.
    package var words: [String] {
        (automatic == nil ? [] : [Self.automaticWord]) + providers.map(\.name)
    }

    /// The word when the configuration says nothing: `auto` where there is one, else the first of the catalog.
    package var defaultWord: String { words.first ?? "" }

    /// The key that names the provider, as an option.
    func option(help: String) -> Option<String> {
        Option(key, .choice(words), default: defaultWord, help: help)
    }
}
