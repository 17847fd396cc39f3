import ProviderKit

/// All that a store gives of a room.
struct RoomContents: Hashable {
    let room: StoredRoom
    /// The text, byte by byte.
    let text: [UInt8]
    let log: [LogEntry]

    init(_ room: StoredRoom, log: [LogEntry]) {
        self.room = room
        text = Array(room.snapshot.text.utf8)
        self.log = log
    }
}

extension RoomStore {
    /// All that the store gives of all its rooms, in the order of their ids.
    func contents() async throws -> [RoomContents] {
        var all: [RoomContents] = []
        for summary in try await rooms(after: nil, limit: .max) {
            guard let room = try await contents(of: summary.record.id) else { continue }
            all.append(room)
        }
        return all
    }

    /// All that the store gives of a room.
    func contents(of id: RoomID) async throws -> RoomContents? {
        guard let room = try await load(id) else { return nil }
        return RoomContents(room, log: try await entries(of: id, in: .zero..<Revision(.max), limit: .max))
    }
}
