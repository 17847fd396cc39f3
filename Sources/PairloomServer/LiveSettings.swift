import Synchronization

/// What may change while the server runs.
///
/// Whoever needs it reads it anew for each request and each new connection; connections that are open are told
/// (``PairloomServer/apply(_:)``).
package final class LiveSettings: Sendable {
    /// What holds at one moment.
    package struct Values: Sendable {
        package let origins: OriginPolicy
        package let limits: ServerLimits
        package let suggestions: SuggestionChain
        package let names: ProviderNames

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

    package init(_ values: Values) {
        self.values = Mutex(values)
    }

    /// What holds right now.
    package var current: Values { values.withLock { $0 } }

    func replace(by values: Values) {
        self.values.withLock { $0 = values }
    }
}
