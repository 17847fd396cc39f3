package import ProviderKit

/// What bounds a room.
package struct RoomLimits: Sendable {
    /// Members at the same time.
    package let members: Int
    /// The length of the text, in bytes of UTF-8.
    package let document: Int
    /// How much of the past is held in memory.
    package let history: RoomHistory.Limits

    package init(members: Int = 100, document: Int = 1 << 20, history: RoomHistory.Limits = .init()) {
        self.members = members
        self.document = document
        self.history = history
    }
}
