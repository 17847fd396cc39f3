import CollabText
import ConfigFile
import PairloomServer
import ProviderKit

/// Tries whether a server could run with a configuration: starts each provider that it chose, asks it for something, and
/// closes it.
struct Probe {
    let configuration: Configuration

    /// What is tried, in this order, each whatever became of the others.
    var trials: [Trial] {
        let start = ProviderStart(configuration: configuration)
        let conflict = Trial("conflict (\(configuration.conflict.name))") { _ = try await start.startPolicy() }
        let storage = Trial("storage (\(configuration.storage.name))") {
            try await Self.tryOut(try await start.startStore())
        }
        let autocomplete = configuration.autocomplete.map { choice in
            Trial("autocomplete (\(choice.name))") { try await Self.tryOut(try await start.startAutocomplete(choice)) }
        }
        let folders = AssetFolder.all(in: configuration).map { folder in
            Trial(folder.key) { try folder.check() }
        }
        return [conflict, storage] + autocomplete + folders
    }

    private static func tryOut(_ store: any RoomStore) async throws {
        do {
            try await store.checkHealth()
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    /// Asks for a suggestion, as an editor would: that shows whether a service takes the key and knows the model.
    private static func tryOut(_ provider: any AutocompleteProvider) async throws {
        let code = "def add(first, second):\n    return "
        let request = CompletionRequest(
            text: TextBuffer(code), cursor: code.utf16.count, language: "python", deadline: .now + patience)
        do {
            _ = try await provider.complete(request)
        } catch {
            await provider.close()
            throw error
        }
        await provider.close()
    }

    /// How long a suggestion may take.
    private static let patience = Duration.seconds(10)
}
