package import Logging
package import Rooms

/// All that the routes work with.
package struct ServerContext: Sendable {
    package let directory: RoomDirectory
    package let live: LiveSettings
    package let options: ServerOptions
    /// The server's own version, such as `1.0.0`.
    package let version: String
    /// How the store does at present.
    package let health: @Sendable () async -> StoreHealth
    /// All metrics, in the text form of Prometheus.
    package let metricsText: @Sendable () -> String
    package let logger: Logger
    let refusals: Refusals

    package init(
        directory: RoomDirectory, live: LiveSettings, options: ServerOptions, version: String,
        health: @escaping @Sendable () async -> StoreHealth, metricsText: @escaping @Sendable () -> String,
        logger: Logger
    ) {
        self.directory = directory
        self.live = live
        self.options = options
        self.version = version
        self.health = health
        self.metricsText = metricsText
        self.logger = logger
        refusals = Refusals(logger: logger)
    }
}

/// The providers in use, by their names in the configuration.
package struct ProviderNames: Sendable, Hashable {
    package let storage: String
    package let autocomplete: String
    package let policy: String

    package init(storage: String, autocomplete: String, policy: String) {
        self.storage = storage
        self.autocomplete = autocomplete
        self.policy = policy
    }
}
