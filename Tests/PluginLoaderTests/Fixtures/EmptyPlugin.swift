import CProviderKitABI
import ProviderKit

@c(providerkit_plugin_abi)
public func pluginABI() -> UnsafePointer<CChar> { providerkit_abi_tag() }

@c(providerkit_plugin_providers)
public func pluginProviders() -> UnsafeMutableRawPointer {
    PluginProviders.handOver { PluginProviders() }
}
