import ConfigFile
import Logging
import PairloomServer

/// Reads the configuration again while the server runs, and puts into force what can be.
final actor Reload {
    private let source: ConfigurationSource
    /// What the server was started with: what needs a restart is still as it says.
    private let started: Configuration
    private let isLoopback: Bool
    private var inForce: Configuration
    private let server: PairloomServer
    private let live: LiveSettings
    private let logger: Logger

    /// - Parameter isLoopback: whether the server listens on a loopback address.
    init(
        source: ConfigurationSource, started: Configuration, isLoopback: Bool, server: PairloomServer,
        live: LiveSettings, logger: Logger
    ) {
        self.source = source
        self.started = started
        self.isLoopback = isLoopback
        inForce = started
        self.server = server
        self.live = live
        self.logger = logger
    }

    /// Reads the file, starts what it asks for, and only then changes anything: a file that is not in order changes
    /// nothing.
    func run() async -> ReloadOutcome {
        do {
            let configuration = try source.load()
            // Without a file everything has its default, which is not what somebody means who moves it for a moment.
            guard configuration.source != nil || started.source == nil else {
                throw Failure(message: "\(source.path) is not there any more", code: .configuration)
            }
            configuration.logWarnings()
            let providers = try await ProviderStart(configuration: configuration).startExchangeable()
            guard !Task.isCancelled else {
                await providers.suggestions.close()
                throw Failure(message: "the server is stopping", code: .general)
            }
            return ReloadOutcome(retired: await apply(configuration, providers))
        } catch {
            logger.error("The configuration was not read again; nothing changed", metadata: ["error": "\(error)"])
            return ReloadOutcome(problem: "\(error)")
        }
    }

    private func apply(_ configuration: Configuration, _ providers: ExchangeableProviders) async -> RetiredSuggestions {
        let retired = RetiredSuggestions(chain: live.current.suggestions, timeout: inForce.suggestions.timeout)
        LogOutput.setLevel(configuration.log.level)
        await server.apply(
            LiveSettings.Values(
                configuration, storage: started.storage.name, isLoopback: isLoopback, suggestions: providers.suggestions
            ),
            policy: providers.policy)
        report(configuration)
        inForce = configuration
        return retired
    }

    /// Says what waits for a restart, and then what changed.
    private func report(_ configuration: Configuration) {
        let pending = SettingChanges(from: started, to: configuration).paths.filter { !SettingChanges.isReloadable($0) }
        if !pending.isEmpty {
            logger.warning(
                "Some changes need a restart; until then the old values hold",
                metadata: ["settings": "\(pending.joined(separator: ", "))"])
        }
        let outdated = source.outdatedPlugins
        if !outdated.isEmpty {
            logger.warning(
                "Some plugins were exchanged for others, which need a restart; until then the old ones are used",
                metadata: ["plugins": "\(outdated.joined(separator: ", "))"])
        }
        let changes = SettingChanges(from: inForce, to: configuration).paths.filter(SettingChanges.isReloadable)
        logger.notice(
            "The configuration was read again",
            metadata: ["changed": changes.isEmpty ? "nothing" : "\(changes.joined(separator: ", "))"])
    }
}
