import AutocompleteSnippets
import CProviderKitABI
import ProviderKit

/// What the server compares with its own before it calls anything else.
@c(providerkit_plugin_abi)
public func pluginABI() -> UnsafePointer<CChar> { providerkit_abi_tag() }

/// What the library offers.
@c(providerkit_plugin_providers)
public func pluginProviders() -> UnsafeMutableRawPointer {
    PluginProviders.handOver { PluginProviders(autocomplete: [SnippetsAutocompleteProvider.descriptor]) }
}
