package import ProviderKit

/// A library that the configuration names, and what it offers.
package struct LoadedPlugin: Sendable {
    /// The absolute path of the library.
    package let path: String
    /// Where the configuration names it.
    package let origin: ValueOrigin
    package let providers: PluginProviders
}

/// Why a plugin could not be loaded, before it is known where the configuration names it.
package struct PluginProblem: Error, Sendable, Equatable {
    /// What is wrong, in one line.
    package let found: String
    /// What would do.
    package let help: String

    package init(found: String, help: String) {
        self.found = found
        self.help = help
    }
}
