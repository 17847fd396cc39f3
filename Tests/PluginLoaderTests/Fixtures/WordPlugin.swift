import CProviderKitABI
import CollabText
import ProviderKit

/// Rejects whatever is not made on the newest text.
struct StrictPolicy: ConflictPolicy {
    let staleEdits = StaleEdits.refuse

    func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution { .reject(.conflict) }
}

/// Suggests one word until it is closed, which it is when the word is empty.
struct WordProvider: AutocompleteProvider {
    static let wordOption = Option("word", .string, default: "plugin", help: "What to suggest.")

    let word: String
    let isRemote = false

    func complete(_ request: CompletionRequest) async throws(AutocompleteError) -> Completion? {
        guard !word.isEmpty else { throw AutocompleteError(.closed, "the provider was closed") }
        return Completion(word)
    }

    func close() async {}
}

@c(providerkit_plugin_abi)
public func pluginABI() -> UnsafePointer<CChar> { providerkit_abi_tag() }

@c(providerkit_plugin_providers)
public func pluginProviders() -> UnsafeMutableRawPointer {
    PluginProviders.handOver {
        PluginProviders(
            storage: [
                ProviderDescriptor(name: "no-store", summary: "A store that never starts.") {
                    _, _ throws(ProviderStartError) in throw ProviderStartError("there is no store", isRetryable: true)
                }
            ],
            autocomplete: [
                ProviderDescriptor(
                    name: "word", summary: "One word.",
                    options: [WordProvider.wordOption.declaration]
                ) { options, _ throws(ProviderStartError) in WordProvider(word: options[WordProvider.wordOption]) }
            ],
            conflict: [
                ProviderDescriptor(name: "strict", summary: "Rejects everything.") {
                    _, _ throws(ProviderStartError) in StrictPolicy()
                }
            ])
    }
}
