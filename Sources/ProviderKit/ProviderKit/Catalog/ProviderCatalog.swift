/// Every provider that a build of the server knows: an ordinary value that the executable puts together and passes on.
public struct ProviderCatalog: Sendable {
    public var storage: ProviderList<any RoomStore>
    public var autocomplete: ProviderList<any AutocompleteProvider>
    public var conflict: ProviderList<any ConflictPolicy>

    public init(
        storage: ProviderList<any RoomStore>, autocomplete: ProviderList<any AutocompleteProvider>,
        conflict: ProviderList<any ConflictPolicy>
    ) {
        self.storage = storage
        self.autocomplete = autocomplete
        self.conflict = conflict
    }

    /// The catalog with what a plugin offers behind its own providers of each contract.
    public func adding(_ plugin: PluginProviders) -> ProviderCatalog {
        ProviderCatalog(
            storage: storage.adding(plugin.storage), autocomplete: autocomplete.adding(plugin.autocomplete),
            conflict: conflict.adding(plugin.conflict))
    }
}

/// The providers of one contract.
public struct ProviderList<Provider>: Sendable {
    /// In the order in which they are shown.
    public let providers: [ProviderDescriptor<Provider>]
    /// Names that a configuration may mention although this build lacks them, each with the reason.
    public let absent: [String: String]
    /// What the word `auto` chooses; nil when the contract has no `auto`.
    public let automatic: AutomaticChoice?

    public init(
        _ providers: [ProviderDescriptor<Provider>], absent: [String: String] = [:], automatic: AutomaticChoice? = nil
    ) {
        self.providers = providers
        self.absent = absent
        self.automatic = automatic
    }

    /// The provider of a name, or nil.
    public subscript(name: String) -> ProviderDescriptor<Provider>? {
        providers.first { $0.name == name }
    }

    public var names: [String] { providers.map(\.name) }

    func adding(_ more: [ProviderDescriptor<Provider>]) -> ProviderList {
        ProviderList(providers + more, absent: absent, automatic: automatic)
    }
}

/// How `auto` chooses: one provider when an environment variable is set and not empty, else another.
public struct AutomaticChoice: Sendable {
    /// The variables, one of which has to be set.
    public let variables: [String]
    /// The provider when a variable is set; several, in the order in which they are asked, where the contract lets the
    /// configuration name several.
    public let whenSet: [String]
    public let otherwise: String

    public init(variable: String..., whenSet: String..., otherwise: String) {
        variables = variable
        self.whenSet = whenSet
        self.otherwise = otherwise
    }
}
