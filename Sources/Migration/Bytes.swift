import ProviderKit

extension String {
    /// Whether both are the same to a store; Swift calls two texts equal that write one accented letter in two ways.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension RoomRecord {
    /// Whether both are the same to a store.
    func hasSameBytes(as other: RoomRecord) -> Bool {
        id == other.id && createdAt == other.createdAt && language.hasSameBytes(as: other.language)
    }
}
