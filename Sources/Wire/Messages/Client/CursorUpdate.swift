/// What a client says of its cursor.
package enum CursorUpdate: Sendable, Hashable {
    /// Nothing: it stays where it is.
    case unchanged
    /// It has none any more.
    case none
    /// It is here.
    case at(Cursor)
}
