import HummingbirdCore

/// Bounds how many connections there are at once: more wait to be accepted.
///
/// WebSockets that are open never use up the room of other requests, also when the limit was lowered below their number.
struct ConnectionBound: AvailableConnectionsDelegate {
    let live: LiveSettings
    let sockets: ConnectionCount
    private var count = 0

    init(live: LiveSettings, sockets: ConnectionCount) {
        self.live = live
        self.sockets = sockets
    }

    mutating func connectionOpened() { count += 1 }

    mutating func connectionClosed() { count -= 1 }

    func isAcceptingNewConnections() -> Bool {
        let capacity = sockets.capacity
        let bound = max(capacity.sockets(limit: live.current.limits.connections), sockets.current)
        return count < min(bound, capacity.total - capacity.others) + capacity.others
    }
}
