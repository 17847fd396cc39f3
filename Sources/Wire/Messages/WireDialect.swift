/// The languages that a client may speak on its WebSocket.
package enum WireDialect: Sendable, Hashable {
    /// Whole texts and nothing else: a client that named no subprotocol.
    case seed
    /// Changes, acknowledgements and presence: a client that named the subprotocol ``changeProtocol``.
    case change

    /// The name of the change dialect in `Sec-WebSocket-Protocol`.
    package static let changeProtocol = "pairloom.v1"
}
