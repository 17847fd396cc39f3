import CProviderKitABI
import ProviderKit

/// An error whose text has several lines, as those of compilers and databases do.
struct LongError: Error, CustomStringConvertible {
    let description = "no licence:\n\tlicence.txt\r\nis not there\u{1B}[0m"
}

@c(providerkit_plugin_abi)
public func pluginABI() -> UnsafePointer<CChar> { providerkit_abi_tag() }

@c(providerkit_plugin_providers)
public func pluginProviders() -> UnsafeMutableRawPointer {
    PluginProviders.handOver { throw LongError() }
}
