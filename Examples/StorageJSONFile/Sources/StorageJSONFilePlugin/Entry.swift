import CProviderKitABI
import ProviderKit
import StorageJSONFile

/// What the server compares with its own before it calls anything else.
@c(providerkit_plugin_abi)
public func pluginABI() -> UnsafePointer<CChar> { providerkit_abi_tag() }

/// What the library offers.
@c(providerkit_plugin_providers)
public func pluginProviders() -> UnsafeMutableRawPointer {
    PluginProviders.handOver { PluginProviders(storage: [JSONFileStorageProvider.descriptor]) }
}
