import ConfigFile
import Logging
import PairloomServer
import ProviderKit

/// Starts the providers that the configuration chose; what was started is closed when a later one fails.
struct ProviderStart {
    let catalog: ProviderCatalog
    let configuration: Configuration

    func start() async throws -> RunningProviders {
        let policy = try await make(configuration.conflict, from: catalog.conflict, kind: "conflict")
        let store = try await startStore()
        do {
            let suggestions = try await startSuggestions()
            logChoices()
            return RunningProviders(store: store, suggestions: suggestions, policy: policy)
        } catch {
            await store.close()
            throw error
        }
    }

    /// Starts the store alone, for commands that serve nothing.
    func startStore() async throws -> any RoomStore {
        try await make(configuration.storage, from: catalog.storage, kind: "storage")
    }

    /// Starts every provider of suggestions, or none.
    private func startSuggestions() async throws -> SuggestionChain {
        var links: [SuggestionLink] = []
        do {
            for choice in configuration.autocomplete {
                let provider = try await make(choice, from: catalog.autocomplete, kind: "autocomplete")
                links.append(SuggestionLink(name: choice.name, provider: provider))
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
    private func logChoices() {
        let suggestions = configuration.autocomplete.map { ("autocomplete", $0) }
        for (kind, choice) in [("conflict", configuration.conflict), ("storage", configuration.storage)] + suggestions {
            guard let reason = choice.reason else { continue }
            Self.logger(kind, choice).info(
                "Chosen", metadata: ["provider": "\(choice.name)", "reason": "\(reason)"])
        }
    }

    private static func logger(_ kind: String, _ choice: ProviderChoice) -> Logger {
        Logger(label: "pairloom.\(kind).\(choice.name)")
    }
}

/// The providers of one run.
struct RunningProviders {
    let store: any RoomStore
    let suggestions: SuggestionChain
    let policy: any ConflictPolicy

    /// Closes them in the reverse order of their start.
    func close() async {
        await suggestions.close()
        await store.close()
    }
}
