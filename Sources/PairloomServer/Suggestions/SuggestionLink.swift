package import ProviderKit

/// A provider as a part of a chain.
package struct SuggestionLink: Sendable {
    /// Its name in the configuration.
    package let name: String
    package let provider: any AutocompleteProvider

    package init(name: String, provider: any AutocompleteProvider) {
        self.name = name
        self.provider = provider
    }
}
