/// The languages that a client may speak on its WebSocket.
package enum WireDialect: Sendable, Hashable {
    /// Whole texts and nothing else: a client that named ``seedProtocol``, or no subprotocol that is known.
    case seed
    /// Changes, acknowledgements and presence: a client that named the subprotocol ``changeProtocol``.
    case change

    /// The name of the change dialect in `Sec-WebSocket-Protocol`.
    package static let changeProtocol = "pairloom.v1"
    /// The name of the seed dialect there, for clients that have to name one.
    package static let seedProtocol = "pairloom.text"
}
