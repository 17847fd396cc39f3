import ConfigFile
import Logging
import PairloomServer

/// Reads the configuration again while the server runs, and puts into force what can be.
final actor Reload {
    private let source: ConfigurationSource
    /// What the server was started with: what needs a restart is still as it says.
    private let started: Configuration
    private var inForce: Configuration
    private let server: PairloomServer
    private let live: LiveSettings
    private let logger = Logger(label: "pairloom.reload")

    init(source: ConfigurationSource, started: Configuration, server: PairloomServer, live: LiveSettings) {
        self.source = source
        self.started = started
        inForce = started
        self.server = server
        self.live = live
    }

    /// Reads the file, starts what it asks for, and only then changes anything: a file that is not in order changes
    /// nothing.
    ///
    /// - Returns: the providers of suggestions that are no longer used; nil when nothing changed.
    func run() async -> RetiredSuggestions? {
        do {
            let configuration = try source.load()
            let providers = try await ProviderStart(configuration: configuration).startExchangeable()
            return await apply(configuration, providers)
        } catch {
            logger.error("The configuration was not read again; nothing changed", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private func apply(_ configuration: Configuration, _ providers: ExchangeableProviders) async -> RetiredSuggestions {
        let retired = RetiredSuggestions(chain: live.current.suggestions, timeout: inForce.suggestions.timeout)
        LogOutput.setLevel(configuration.log.level)
        await server.apply(
            LiveSettings.Values(
                configuration, storage: started.storage.name, suggestions: providers.suggestions),
            policy: providers.policy)
        report(configuration)
        inForce = configuration
        return retired
    }

    private func report(_ configuration: Configuration) {
        let changes = SettingChanges(from: inForce, to: configuration).paths.filter(SettingChanges.isReloadable)
        logger.notice(
            "The configuration was read again",
            metadata: ["changed": changes.isEmpty ? "nothing" : "\(changes.joined(separator: ", "))"])
        let pending = SettingChanges(from: started, to: configuration).paths.filter { !SettingChanges.isReloadable($0) }
        guard !pending.isEmpty else { return }
        logger.warning(
            "Some changes need a restart; until then the old values hold",
            metadata: ["settings": "\(pending.joined(separator: ", "))"])
    }
}

/// Providers of suggestions that were exchanged, and may still be at work.
struct RetiredSuggestions: Sendable {
    let chain: SuggestionChain
    /// How long a question may take that was asked before.
    let timeout: Duration

    /// Closes them once nobody waits for them any more; at once when the task is cancelled.
    func close() async {
        try? await Task.sleep(for: timeout)
        await chain.close()
    }
}
