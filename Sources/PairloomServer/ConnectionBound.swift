import HummingbirdCore

/// Bounds how many connections there are at once, WebSockets or not: more wait to be accepted.
struct ConnectionBound: AvailableConnectionsDelegate {
    let live: LiveSettings
    private var count = 0

    init(live: LiveSettings) {
        self.live = live
    }

    /// How many there may be besides those of WebSockets.
    private static let connectionsBeside = 1_000

    mutating func connectionOpened() { count += 1 }

    mutating func connectionClosed() { count -= 1 }

    func isAcceptingNewConnections() -> Bool {
        count < live.current.limits.connections + Self.connectionsBeside
    }
}
