public import ProviderKit

/// Rooms in the server's memory: gone when it stops. For trying things out, and for tests.
public enum MemoryStorageProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any RoomStore>(
        name: "memory", summary: "Rooms in the server's memory; gone when it stops.",
        make: { (_, _) async throws(ProviderStartError) -> any RoomStore in MemoryRoomStore() })
}
