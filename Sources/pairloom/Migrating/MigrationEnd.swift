import ConfigFile
import ProviderKit

/// The source or the target of a migration: a configuration, and the store that it names.
struct MigrationEnd {
    /// As it was named on the command line, or what stands in for it.
    let file: String
    let configuration: Configuration

    /// - Parameter file: nil for the file that the server reads when none is named.
    /// - Throws: when the store keeps nothing beyond the command.
    init(file: String?) throws {
        configuration = try ConfigurationSource(file: file).load()
        self.file = file ?? configuration.source ?? "the built-in configuration"
        guard !StandardProviders.temporaryStores.contains(configuration.storage.name) else {
            throw Failure(
                message: "\(self.file): storage (\(configuration.storage.name)) keeps no rooms when a program ends, so "
                    + "there is nothing to copy from it or to it; name another storage.provider", code: .configuration)
        }
    }

    /// Whether both are one store, as far as their options tell.
    func isSameStore(as other: MigrationEnd) -> Bool {
        let (a, b) = (configuration.storage, other.configuration.storage)
        return a.name == b.name && a.values == b.values
    }

    /// Starts the store for as long as the work takes.
    func withStore(_ work: (any RoomStore) async throws -> Void) async throws {
        let store = try await start()
        do {
            try await work(store)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    /// Starts the store; what goes wrong names the configuration.
    private func start() async throws -> any RoomStore {
        let start = ProviderStart(configuration: configuration)
        do {
            return try await start.startStore()
        } catch let failure as Failure {
            throw Failure(message: "\(file): \(failure.message)", code: failure.code)
        }
    }
}
