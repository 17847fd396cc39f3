import Logging
import ProviderKit

extension Journal {
    /// Takes the rooms that the store named out of the batch: what turns out to be stored is saved, after a commit whose
    /// outcome was unknown; what another process wrote is loaded anew; what cannot be read is given up.
    ///
    /// - Throws: what kept it from the rest.
    func settle(_ conflict: StorageError, in batch: inout [RoomAppend]) async throws(StorageError) {
        let appends = batch.filter { conflict.rooms.contains($0.room) }
        guard !appends.isEmpty else { throw conflict }
        for append in appends {
            do throws(StorageError) {
                try await settle(append)
            } catch {
                guard error.code == .corrupted || error.code == .notFound else { throw error }
                await giveUp(append, since: RoomError(error))
            }
            batch.removeAll { $0.room == append.room }
        }
    }

    private func settle(_ append: RoomAppend) async throws(StorageError) {
        let range = append.first..<append.last.next
        let stored = try await store.entries(of: append.room, in: range, limit: append.payloads.count)
        guard stored != append.entries else { return await didSave([append]) }
        guard let room = try await store.load(append.room) else {
            throw StorageError(.notFound, "The room is gone from the store.")
        }
        logger.warning("Another process wrote a room; it starts over", metadata: ["room": "\(append.room)"])
        for lane in lanes {
            await lane.call { $0.beginReload(append) }
            if let problem = await lane.call({ $0.endReload(append.room, from: room) }) { noteLoss(append, problem) }
        }
    }

    /// Ends a room whose changes can never be saved.
    private func giveUp(_ append: RoomAppend, since reason: RoomError) async {
        noteLoss(append, reason)
        for lane in lanes {
            await lane.call {
                $0.beginReload(append)
                $0.end(append.room, since: reason)
            }
        }
    }

    private func noteLoss(_ append: RoomAppend, _ reason: RoomError) {
        logger.error(
            "The changes of a room are lost; its members are sent away",
            metadata: ["room": "\(append.room)", "changes": "\(append.payloads.count)", "error": "\(reason)"])
    }
}
