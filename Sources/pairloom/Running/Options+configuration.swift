import ConfigFile
import PairloomServer
import ProviderKit
import Rooms

extension ServerOptions {
    /// What the configuration says, and the command line overrides.
    init(_ configuration: Configuration, host: String?, port: Int?, capacity: ConnectionCapacity) {
        let server = configuration.server
        self.init(
            host: host ?? server.host, port: port ?? server.port, docsAssets: server.docsAssets,
            editorAssets: AssetFolder.codeMirror(in: configuration), capacity: capacity)
    }
}

extension OriginPolicy {
    /// - Parameter isLoopback: whether the server listens on a loopback address, which does not change.
    init(_ server: ServerSettings, isLoopback: Bool) {
        self.init(
            allowed: server.allowedOrigins, isLoopback: isLoopback, publicURLs: server.publicURLs,
            trustedProxies: server.trustedProxies)
    }
}

extension LiveSettings.Values {
    /// What the configuration says of what may change.
    ///
    /// - Parameters:
    ///   - storage: the name of the store in use, which does not change.
    ///   - isLoopback: whether the server listens on a loopback address, which does not change either.
    init(_ configuration: Configuration, storage: String, isLoopback: Bool, suggestions: SuggestionChain) {
        self.init(
            origins: OriginPolicy(configuration.server, isLoopback: isLoopback),
            limits: ServerLimits(configuration.limits), suggestions: suggestions,
            names: ProviderNames(
                storage: storage, autocomplete: configuration.autocomplete.map(\.name).joined(separator: ", "),
                policy: configuration.conflict.name))
    }
}

extension ServerLimits {
    init(_ limits: LimitSettings) {
        self.init(
            document: limits.document, message: limits.message, membersPerRoom: limits.membersPerRoom,
            connections: limits.connections, messagesPerSecond: limits.messagesPerSecond,
            roomsPerMinute: limits.roomsPerMinute, sendBuffer: limits.sendBuffer, idleTimeout: limits.idleTimeout,
            requestTimeout: limits.requestTimeout)
    }
}

extension SuggestionOptions {
    init(_ settings: AutocompleteSettings) {
        self.init(
            timeout: settings.timeout,
            limits: RemoteLimits(
                cache: settings.cache, perMinute: settings.requestsPerMinute, inFlight: settings.inFlight))
    }
}

extension DirectoryOptions {
    init(_ configuration: Configuration) {
        let rooms = configuration.rooms
        self.init(
            roomLimits: RoomLimits(
                members: configuration.limits.membersPerRoom, document: configuration.limits.document,
                history: RoomHistory.Limits(changes: rooms.history)),
            idleTimeout: rooms.idleTimeout, maxOpen: rooms.maxOpen, memory: rooms.maxBytes)
    }
}

extension JournalOptions {
    init(_ journal: JournalSettings) {
        self.init(
            backlog: journal.backlog, snapshotEvery: journal.snapshotEvery, keepChanges: journal.keepChanges,
            commitInterval: journal.commitInterval, drainTimeout: journal.drainTimeout)
    }
}
