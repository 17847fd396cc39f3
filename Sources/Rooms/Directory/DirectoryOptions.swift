/// What bounds the rooms that are open.
package struct DirectoryOptions: Sendable {
    package let roomLimits: RoomLimits
    /// How long a room stays open after its last member left.
    package let idleTimeout: Duration
    /// Rooms that may be open at the same time.
    package let maxOpen: Int
    /// Bytes of memory that the texts and histories of open rooms may take before idle ones are closed early.
    package let memory: Int

    package init(
        roomLimits: RoomLimits = RoomLimits(), idleTimeout: Duration = .seconds(300), maxOpen: Int = 10_000,
        memory: Int = 1 << 30
    ) {
        self.roomLimits = roomLimits
        self.idleTimeout = idleTimeout
        self.maxOpen = maxOpen
        self.memory = memory
    }
}
