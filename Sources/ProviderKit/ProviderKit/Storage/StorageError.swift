/// Why a store did not do what it was asked.
public struct StorageError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// A room of this id is there already.
        case alreadyExists
        /// There is no such room.
        case notFound
        /// The entries do not start at the next revision: somebody else wrote. ``StorageError/rooms`` names the rooms.
        case conflict
        /// The store cannot be reached or does not answer; what was under way may or may not have happened.
        case unavailable
        /// No space is left.
        case full
        /// The store can be read but not written.
        case readOnly
        /// Another server has the store for itself.
        case inUse
        /// What the store holds cannot be understood, or was written by a newer version.
        case corrupted
        /// The store was closed.
        case closed
        /// The calling task was cancelled.
        case cancelled
    }

    public let code: Code
    /// One sentence for an operator. It may be shown to anybody who asks how the server is, so it tells no secret; the
    /// id of a room is one.
    public let message: String
    /// The rooms that a `.conflict` is about.
    public let rooms: [RoomID]
    /// What the driver said, for the log.
    public let underlying: String?

    public init(_ code: Code, _ message: String, rooms: [RoomID] = [], underlying: String? = nil) {
        self.code = code
        self.message = message
        self.rooms = rooms
        self.underlying = underlying
    }

    /// Whether the same call may succeed later.
    public var isRetryable: Bool {
        switch code {
        case .unavailable, .full, .readOnly, .inUse: true
        case .alreadyExists, .notFound, .conflict, .corrupted, .closed, .cancelled: false
        }
    }

    public var description: String {
        underlying.map { "\(message) (\($0))" } ?? message
    }
}
