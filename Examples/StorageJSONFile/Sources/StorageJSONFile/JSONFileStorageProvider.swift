public import ProviderKit

/// Rooms in a folder, each in a JSON file that people can read.
public enum JSONFileStorageProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any RoomStore>(
        name: "json-file", summary: "Rooms in a folder, each in a JSON file that people can read.",
        options: [folder.declaration],
        make: { (values, context) async throws(ProviderStartError) -> any RoomStore in
            let store = JSONFileRoomStore(folder: values[folder], log: context.log)
            do throws(StorageError) {
                try await store.start()
                return store
            } catch {
                let reason = error.underlying ?? error.message
                throw ProviderStartError(
                    "\(values[folder]) cannot keep rooms: \(reason); check the path and who owns it",
                    isRetryable: error.code == .full)
            }
        })

    static let folder = Option(
        "folder", .path, default: "rooms", help: "The folder to keep rooms in. It is created.")
}
