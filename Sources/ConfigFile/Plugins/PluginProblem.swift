/// Why a plugin could not be loaded, before it is known where the configuration names it.
package struct PluginProblem: Error, Sendable, Equatable {
    /// What is wrong, in one line.
    package let found: String
    /// What would do.
    package let help: String

    /// A problem in two parts, as ``ConfigurationError`` has them.
    package init(found: String, help: String) {
        self.found = found
        self.help = help
    }
}
