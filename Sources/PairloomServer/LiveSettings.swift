import Synchronization

/// What may change while the server runs.
///
/// Whoever needs it reads it anew for each request and each new connection; connections that are open are told
/// (``PairloomServer/apply(_:policy:)``).
package final class LiveSettings: Sendable {
    /// What holds at one moment.
    package struct Values: Sendable {
        /// Who may use the server from a browser.
        package let origins: OriginPolicy
        /// How much is taken from clients.
        package let limits: ServerLimits
        /// Who suggests what comes next.
        package let suggestions: SuggestionChain
        /// What the providers are called.
        package let names: ProviderNames

        /// What holds, by default a server that is closed to other origins.
        package init(
            origins: OriginPolicy = OriginPolicy(allowed: []), limits: ServerLimits = ServerLimits(),
            suggestions: SuggestionChain, names: ProviderNames
        ) {
            self.origins = origins
            self.limits = limits
            self.suggestions = suggestions
            self.names = names
        }
    }

    private let values: Mutex<Values>

    /// What holds at the start.
    package init(_ values: Values) {
        self.values = Mutex(values)
    }

    /// What holds right now.
    package var current: Values { values.withLock { $0 } }

    func replace(by values: Values) {
        self.values.withLock { $0 = values }
    }
}
