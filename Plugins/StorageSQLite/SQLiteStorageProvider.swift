public import ProviderKit

/// Rooms in one SQLite file.
public enum SQLiteStorageProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any RoomStore>(
        name: "sqlite", summary: "Rooms in one SQLite file.",
        options: [path.declaration, shared.declaration, busyTimeout.declaration],
        make: { (values, _) async throws(ProviderStartError) -> any RoomStore in
            try await SQLiteRoomStore.open(
                SQLiteFile(path: values[path], isShared: values[shared], busyTimeout: values[busyTimeout]))
        })

    static let path = Option(
        "path", .path, default: "pairloom.db", help: "The file to keep rooms in. It and its folder are created.")
    static let shared = Option(
        "shared", .boolean, default: false,
        help: "Let several servers open the file. Otherwise the server keeps it for itself.")
    static let busyTimeout = Option(
        "busy_timeout", .duration(.zero ... .seconds(600)), default: .seconds(5),
        help: "How long to wait for another server, or another tool, that is writing to the file.")
}
