public import ProviderKit

/// Rooms in one SQLite file.
public enum SQLiteStorageProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any RoomStore>(
        name: "sqlite", summary: "Rooms in one SQLite file.",
        options: [path.declaration, shared.declaration, busyTimeout.declaration],
        make: { (values, context) async throws(ProviderStartError) -> any RoomStore in
            let location = try SQLiteLocation(values[path])
            return try await SQLiteRoomStore.open { () throws(ProviderStartError) in
                try SQLiteFile.choose(
                    location, isShared: values[shared], busyTimeout: values[busyTimeout], log: context.log)
            }
        })

    static let path = Option(
        "path", .path, default: "pairloom.db",
        help: "The file to keep rooms in, or its URL: sqlite:///FILE. It and its folder are created.")
    static let shared = Option(
        "shared", .boolean, default: false,
        help: "Let several servers open the file. Otherwise the server keeps it for itself.")
    static let busyTimeout = Option(
        "busy_timeout", .duration(.zero ... .seconds(600)), default: .seconds(5),
        help: "How long to wait for another server, or another tool, that is writing to the file.")
}
