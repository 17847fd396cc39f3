package import ProviderKit

/// A library that the configuration names, and what it offers.
package struct LoadedPlugin: Sendable {
    /// The absolute path of the library.
    package let path: String
    /// Where the configuration names it.
    package let origin: ValueOrigin
    /// What it offers.
    package let providers: PluginProviders
}
