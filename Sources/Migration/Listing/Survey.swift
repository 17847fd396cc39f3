import ProviderKit

/// What two stores hold, as their lists tell: enough to see whether one may be copied into the other.
struct Survey {
    /// Rooms that the target alone has, and rooms that are not the source's although they have the id of one.
    private(set) var foreign = 0
    /// The first of them.
    private(set) var firstForeign: RoomID?

    mutating func add(_ pair: RoomPair) {
        switch pair {
        case .source: break
        case .target(let room): addForeign(room)
        case .both(let source, let target):
            if !source.record.hasSameBytes(as: target.record) { addForeign(target) }
        }
    }

    private mutating func addForeign(_ room: RoomSummary) {
        foreign += 1
        firstForeign = firstForeign ?? room.record.id
    }
}
