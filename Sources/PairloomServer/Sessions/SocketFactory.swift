import Logging
import NIOCore
import ProviderKit
import Wire

/// Makes the ends of WebSocket connections.
struct SocketFactory: Sendable {
    let logger: Logger
    /// How much may wait for a slow client: above it the connection counts as full, until a quarter is left.
    let waterMark: ChannelOptions.Types.WriteBufferWaterMark
    private let limits: ServerLimits
    private let staleEdits: StaleEdits
    private let suggestions: SuggestionChain
    private let seedDialect = SeedDialect()
    private let changeDialect: ChangeDialect
    private let metrics = SocketMetrics()
    private let connections: ConnectionCount
    private let flushQueues: [FlushQueueOfLoop]

    private struct FlushQueueOfLoop: Sendable {
        let eventLoop: any EventLoop
        let queue: NIOLoopBoundBox<FlushQueue>
    }

    /// - Parameter eventLoops: every loop that connections may be on.
    init(_ context: ServerContext, eventLoops: [any EventLoop]) {
        let limits = context.options.limits
        self.limits = limits
        logger = context.logger
        staleEdits = context.staleEdits
        suggestions = context.suggestions
        changeDialect = ChangeDialect(policy: context.names.policy, limits: WelcomeLimits(limits))
        waterMark = .init(low: limits.sendBuffer / 4, high: limits.sendBuffer)
        connections = ConnectionCount(limit: limits.connections)
        flushQueues = eventLoops.map { loop in
            FlushQueueOfLoop(
                eventLoop: loop, queue: .makeBoxSendingValue(FlushQueue(eventLoop: loop), eventLoop: loop))
        }
    }

    /// A connection's end, and what is said on it. To be called on the connection's loop.
    func makeSocket(for request: SocketRequest, on eventLoop: any EventLoop) -> (WebSocketHandler, RoomSession) {
        let dialect: any SessionDialect =
            switch request.dialect {
            case .seed: seedDialect
            case .change: changeDialect
            }
        let session = RoomSession(
            dialect: dialect, suggestions: suggestions, limits: limits, staleEdits: staleEdits,
            connections: connections, metrics: metrics)
        let options = WebSocketOptions(
            messageLimit: limits.message, idleTimeout: TimeAmount(limits.idleTimeout), closeTimeout: .seconds(1))
        let queue = flushQueues.first { $0.eventLoop === eventLoop }?.queue.value ?? FlushQueue(eventLoop: eventLoop)
        let handler = WebSocketHandler(session: session, options: options, flushQueue: queue)
        return (handler, session)
    }
}

extension WelcomeLimits {
    /// What a client may know of the limits.
    fileprivate init(_ limits: ServerLimits) {
        self.init(
            document: limits.document, message: limits.message, members: limits.membersPerRoom,
            messagesPerSecond: limits.messagesPerSecond)
    }
}
