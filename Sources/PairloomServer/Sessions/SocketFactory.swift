import Logging
import NIOCore
import ProviderKit
import Wire

/// Makes the ends of WebSocket connections.
struct SocketFactory: Sendable {
    let logger: Logger
    private let live: LiveSettings
    private let seedDialect = SeedDialect()
    private let changeDialect: ChangeDialect
    private let metrics = SocketMetrics()
    /// How many connections there are.
    let connections: ConnectionCount
    private let loops: [SocketLoop]

    /// - Parameter eventLoops: every loop that connections may be on.
    init(_ context: ServerContext, eventLoops: [any EventLoop]) {
        logger = context.logger
        live = context.live
        connections = ConnectionCount(capacity: context.options.capacity, logger: context.logger)
        changeDialect = ChangeDialect(live: context.live)
        loops = eventLoops.map(SocketLoop.init)
    }

    /// A connection's end, and what is said on it. To be called on the connection's loop.
    func makeSocket(for request: SocketRequest, on eventLoop: any EventLoop) -> (WebSocketHandler, RoomSession) {
        let dialect: any SessionDialect =
            switch request.dialect {
            case .seed: seedDialect
            case .change: changeDialect
            }
        let limits = live.current.limits
        let session = RoomSession(
            dialect: dialect, live: live, limits: limits, connections: connections, metrics: metrics,
            logger: logger)
        let loop = loops.first { $0.eventLoop === eventLoop }
        let handler = WebSocketHandler(
            session: session, options: WebSocketOptions(limits),
            flushQueue: loop?.flushQueue ?? FlushQueue(eventLoop: eventLoop))
        loop?.add(handler, session)
        return (handler, session)
    }

    /// Sets what bounds every connection that there is; new ones ask by themselves.
    func apply(_ limits: ServerLimits) async {
        for loop in loops { await loop.apply(limits) }
    }
}

extension WebSocketOptions {
    init(_ limits: ServerLimits) {
        self.init(
            messageLimit: limits.message, idleTimeout: TimeAmount(limits.idleTimeout),
            waterMark: .init(low: limits.sendBuffer / 4, high: limits.sendBuffer), closeTimeout: .seconds(1))
    }
}
