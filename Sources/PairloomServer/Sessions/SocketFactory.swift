import Logging
import NIOCore

/// Makes the ends of WebSocket connections.
struct SocketFactory: Sendable {
    let logger: Logger
    /// How much may wait for a slow client: above it the connection counts as full, until a quarter is left.
    let waterMark: ChannelOptions.Types.WriteBufferWaterMark
    private let limits: ServerLimits
    private let dialect = SeedDialect()
    private let metrics = SocketMetrics()
    private let connections: ConnectionCount
    private let flushQueues: [FlushQueueOfLoop]

    private struct FlushQueueOfLoop: Sendable {
        let eventLoop: any EventLoop
        let queue: NIOLoopBoundBox<FlushQueue>
    }

    /// - Parameter eventLoops: every loop that connections may be on.
    init(limits: ServerLimits, eventLoops: [any EventLoop], logger: Logger) {
        self.limits = limits
        self.logger = logger
        waterMark = .init(low: limits.sendBuffer / 4, high: limits.sendBuffer)
        connections = ConnectionCount(limit: limits.connections)
        flushQueues = eventLoops.map { loop in
            FlushQueueOfLoop(
                eventLoop: loop, queue: .makeBoxSendingValue(FlushQueue(eventLoop: loop), eventLoop: loop))
        }
    }

    /// A connection's end, and what is said on it. To be called on the connection's loop.
    func makeSocket(on eventLoop: any EventLoop) -> (WebSocketHandler, SeedSession) {
        let session = SeedSession(dialect: dialect, limits: limits, connections: connections, metrics: metrics)
        let options = WebSocketOptions(
            messageLimit: limits.message, idleTimeout: TimeAmount(limits.idleTimeout), closeTimeout: .seconds(1))
        let queue = flushQueues.first { $0.eventLoop === eventLoop }?.queue.value ?? FlushQueue(eventLoop: eventLoop)
        let handler = WebSocketHandler(session: session, options: options, flushQueue: queue)
        return (handler, session)
    }
}
