package import ProviderKit

/// Why a migration did not begin, or stopped on its way.
package enum MigrationError: Error, CustomStringConvertible {
    /// A store failed, and went on to fail. What is done is done; another run goes on from there.
    case store(StoreFailure)
    /// The target holds this many rooms that are not the source's. Nothing was copied.
    case foreignRooms(Int, first: RoomID)

    package var description: String {
        switch self {
        case .store(let failure): "\(failure)"
        case .foreignRooms(1, let room): "the target holds a room that is not the source's: \(room)"
        case .foreignRooms(let count, let room):
            "the target holds \(count) rooms that are not the source's, the first of them \(room)"
        }
    }
}
