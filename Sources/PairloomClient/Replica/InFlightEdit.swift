package import CollabText

/// The edit that was sent to the server and has not been answered for good.
package struct InFlightEdit: Sendable, Hashable {
    /// Unique within the session: the server applies an id once, however often it is sent.
    package let id: String
    /// The change as it must be made on the server's text at the newest revision that is known here.
    package internal(set) var change: TextChange
    /// The revision that it was sent on, last.
    package internal(set) var sentOn: Int
    /// Whether the server has it, but has not told yet what the text has become.
    package internal(set) var isAcknowledged = false
    /// Whether the server's text may hold it already: it was sent on a connection whose end nobody saw.
    package internal(set) var isInDoubt = false
}
