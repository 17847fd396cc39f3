import HummingbirdCore

/// Accepts connections as long as the server has files for them.
///
/// A few more are accepted than may be open, so that these can be refused at once (``ConnectionCount/open(limit:)``)
/// instead of waiting unanswered.
struct ConnectionBound: AvailableConnectionsDelegate {
    let live: LiveSettings
    let sockets: ConnectionCount
    private var count = 0

    /// The number of connections that may be open only to be refused. It is less than the smallest reserve of files.
    private static let refusals = 8

    init(live: LiveSettings, sockets: ConnectionCount) {
        self.live = live
        self.sockets = sockets
    }

    mutating func connectionOpened() { count += 1 }

    mutating func connectionClosed() { count -= 1 }

    func isAcceptingNewConnections() -> Bool {
        count - Self.refusals < sockets.bound(limit: live.current.limits.connections)
    }
}
