import ConfigFile
import Logging
import PairloomServer
import ProviderKit
import Rooms

/// Starts the providers that a configuration chose; what was started is closed when a later one fails.
struct ProviderStart {
    let configuration: Configuration

    /// Starts all that a server needs.
    func start() async throws -> (store: any RoomStore, exchangeable: ExchangeableProviders) {
        let policy = try await startPolicy()
        let store = try await startStore()
        do {
            let suggestions = try await startSuggestions()
            logChoices([configuration.storage], of: "storage")
            logChoices(configuration.autocomplete, of: "autocomplete")
            return (store, ExchangeableProviders(policy: policy, suggestions: suggestions))
        } catch {
            await store.close()
            throw error
        }
    }

    /// Starts those that may be exchanged while a server runs.
    func startExchangeable() async throws -> ExchangeableProviders {
        ExchangeableProviders(policy: try await startPolicy(), suggestions: try await startSuggestions())
    }

    /// Starts the store alone, for commands that serve nothing.
    func startStore() async throws -> any RoomStore {
        try await make(configuration.storage, from: configuration.catalog.storage, kind: "storage")
    }

    /// Starts one provider of suggestions.
    func startAutocomplete(_ choice: ProviderChoice) async throws -> any AutocompleteProvider {
        try await make(choice, from: configuration.catalog.autocomplete, kind: "autocomplete")
    }

    /// Starts the conflict policy.
    func startPolicy() async throws -> NamedPolicy {
        let choice = configuration.conflict
        return NamedPolicy(
            choice.name, try await make(choice, from: configuration.catalog.conflict, kind: "conflict"))
    }

    /// Starts every provider of suggestions, or none.
    private func startSuggestions() async throws -> SuggestionChain {
        var links: [SuggestionLink] = []
        do {
            for choice in configuration.autocomplete {
                links.append(SuggestionLink(name: choice.name, provider: try await startAutocomplete(choice)))
            }
        } catch {
            for link in links.reversed() { await link.provider.close() }
            throw error
        }
        return SuggestionChain(
            links, options: SuggestionOptions(configuration.suggestions),
            logger: Logger(label: "pairloom.autocomplete"))
    }

    private func make<Provider>(
        _ choice: ProviderChoice, from list: ProviderList<Provider>, kind: String
    ) async throws -> Provider {
        guard let descriptor = list[choice.name] else {
            throw Failure(message: "\(kind): there is no provider \(choice.name)", code: .configuration)
        }
        let logger = Self.logger(kind, choice)
        do throws(ProviderStartError) {
            return try await descriptor.make(
                choice.values, ProviderContext { level, message in logger.log(level: .init(level), "\(message)") })
        } catch {
            throw Failure(message: "\(kind) (\(choice.name)): \(error.message)", code: .general)
        }
    }

    /// Tells why `auto` chose what it did, once all have started, so that a start that fails says only why.
    private func logChoices(_ choices: [ProviderChoice], of kind: String) {
        for choice in choices {
            guard let reason = choice.reason else { continue }
            Self.logger(kind, choice).info(
                "Chosen", metadata: ["provider": "\(choice.name)", "reason": "\(reason)"])
        }
    }

    private static func logger(_ kind: String, _ choice: ProviderChoice) -> Logger {
        Logger(label: "pairloom.\(kind).\(choice.name)")
    }
}
