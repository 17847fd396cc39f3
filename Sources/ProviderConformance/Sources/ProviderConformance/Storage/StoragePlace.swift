import ProviderKit
import Synchronization

/// Where one clause's rooms are: opens handles on it, and closes them all in the end.
final class StoragePlace: Sendable {
    private let opening: @Sendable () async throws -> any RoomStore
    private let handles = Mutex<[any RoomStore]>([])

    init(opening: @escaping @Sendable () async throws -> any RoomStore) {
        self.opening = opening
    }

    /// A new handle.
    func open() async throws -> any RoomStore {
        let handle = try await opening()
        handles.withLock { $0.append(handle) }
        return handle
    }

    /// A new handle, once a room of id `a` and an empty text is there.
    func openWithRoom() async throws -> any RoomStore {
        let handle = try await open()
        try await handle.create(.sample("a"), text: "")
        return handle
    }

    func closeHandles() async {
        for handle in handles.withLock({ $0 }) {
            await handle.close()
        }
    }
}
