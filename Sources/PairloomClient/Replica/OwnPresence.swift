import Wire

/// What this client shows of itself to the others.
struct OwnPresence: Sendable {
    var name: String?
    var color: String?
    /// In the local text.
    var cursor: Cursor?

    var isEmpty: Bool { name == nil && color == nil && cursor == nil }
}
