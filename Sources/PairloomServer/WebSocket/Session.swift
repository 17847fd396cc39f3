import NIOCore

/// What is said on one connection: the receiver of its messages. Used on the connection's loop alone.
protocol Session: AnyObject {
    /// The connection is there; messages come once ``WebSocketHandler/start()`` is called.
    func didOpen(_ socket: WebSocketHandler)

    /// Takes a whole message of UTF-8.
    func receive(_ message: ByteBuffer)

    /// Takes the client's answer to a ping.
    func receivePong(_ payload: ByteBuffer)

    /// The client has read enough of what it was sent to be sent more.
    func didBecomeWritable()

    /// The connection ends; called once, and nothing is sent or received afterwards.
    func didEnd()
}

/// What bounds a connection.
struct WebSocketOptions: Sendable {
    /// Bytes in a message.
    let messageLimit: Int
    /// The time without input after which a client is given up.
    let idleTimeout: TimeAmount
    /// How many bytes may wait for a slow client: above it the connection counts as full, until a quarter is left.
    let waterMark: ChannelOptions.Types.WriteBufferWaterMark
    /// How long the other side has to answer a close frame.
    let closeTimeout: TimeAmount

    /// The time without input after which a client is pinged.
    ///
    /// Proxies close connections on which nothing moves, HAProxy after 50 s in its usual configuration.
    var quietTime: TimeAmount { min(.seconds(20), idleTimeout / 2) }
}

extension TimeAmount {
    static func / (span: TimeAmount, divisor: Int64) -> TimeAmount {
        .nanoseconds(span.nanoseconds / divisor)
    }
}
