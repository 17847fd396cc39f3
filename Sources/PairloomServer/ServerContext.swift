package import ProviderKit
package import Rooms

/// All that the routes work with.
package struct ServerContext: Sendable {
    package let options: ServerOptions
    /// The server's own.
    package let version: String
    package let backends: Backends
    package let directory: RoomDirectory
    package let journal: Journal
    package let autocomplete: any AutocompleteProvider
    /// The metrics in the text format of Prometheus.
    package let metricsText: @Sendable () -> String

    package init(
        options: ServerOptions, version: String, backends: Backends, directory: RoomDirectory, journal: Journal,
        autocomplete: any AutocompleteProvider, metricsText: @escaping @Sendable () -> String
    ) {
        self.options = options
        self.version = version
        self.backends = backends
        self.directory = directory
        self.journal = journal
        self.autocomplete = autocomplete
        self.metricsText = metricsText
    }
}

/// The names of the providers in use.
package struct Backends: Sendable {
    package let storage: String
    package let autocomplete: String
    package let conflict: String

    package init(storage: String, autocomplete: String, conflict: String) {
        self.storage = storage
        self.autocomplete = autocomplete
        self.conflict = conflict
    }
}
