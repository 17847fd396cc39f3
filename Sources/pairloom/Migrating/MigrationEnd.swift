import ConfigFile
import ProviderKit

/// The source or the target of a migration: a configuration, and the store that it names.
struct MigrationEnd {
    /// As it was named on the command line.
    let file: String
    let configuration: Configuration

    init(file: String) throws {
        self.file = file
        configuration = try ConfigurationSource(file: file).load()
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
