import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// Opens WebSocket connections for one client.
struct Dialer: Sendable {
    let address: RoomAddress
    let options: ClientOptions
    let eventLoop: any EventLoop

    /// What comes of a handshake: done, or, later, why not.
    private typealias Outcome = EventLoopFuture<Void>

    /// Opens a connection, whose handler is made and joins the pipeline once the server has agreed.
    ///
    /// The future fails with a ``Closure`` when it has not; then no handler was added.
    func dial(
        resuming resumption: Resumption?, handler: @escaping @Sendable () -> SocketHandler
    ) -> EventLoopFuture<Void> {
        ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(options.connectTimeout))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let upgrade = upgrade(to: address.target(resuming: resumption), handler: handler)
                    var configuration = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade)
                    // The welcome may have come along with the end of the handshake.
                    configuration.leftOverBytesStrategy = .forwardBytes
                    _ = try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
                        configuration: configuration)
                }
            }
            .connect(host: address.server.host, port: address.server.port)
            .flatMap(outcome)
            .flatMapErrorThrowing { throw $0 as? Closure ?? Closure.broken("\($0)") }
    }

    /// How the handshake on a channel ends, which must not take too long.
    private func outcome(on channel: any Channel) -> EventLoopFuture<Void> {
        let timeout = eventLoop.scheduleTask(in: TimeAmount(options.connectTimeout)) { channel.close(promise: nil) }
        return eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.handler(type: NIOTypedHTTPClientUpgradeHandler<Outcome>.self)
                .upgradeResultFuture
        }
        .flatMap(\.self).flatMap(\.self)
        .always { result in
            timeout.cancel()
            if case .failure = result { channel.close(promise: nil) }
        }
    }

    private func upgrade(
        to target: String, handler: @escaping @Sendable () -> SocketHandler
    ) -> NIOTypedHTTPClientUpgradeConfiguration<Outcome> {
        let headers: HTTPHeaders = ["Host": address.server.authority, "Sec-WebSocket-Protocol": Self.dialect]
        let upgrader = NIOTypedWebSocketClientUpgrader<Outcome>(maxFrameSize: options.messageLimit) { channel, head in
            channel.eventLoop.makeCompletedFuture {
                guard head.headers["Sec-WebSocket-Protocol"] == [Self.dialect] else {
                    throw Closure(code: 1010, reason: "the server does not speak \(Self.dialect)")
                }
                try channel.pipeline.syncOperations.addHandlers(
                    NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: .max,
                        maxAccumulatedFrameSize: options.messageLimit),
                    handler())
                return channel.eventLoop.makeSucceededVoidFuture()
            }
        }
        return NIOTypedHTTPClientUpgradeConfiguration(
            upgradeRequestHead: HTTPRequestHead(version: .http1_1, method: .GET, uri: target, headers: headers),
            upgraders: [upgrader],
            notUpgradingCompletionHandler: Self.refusal)
    }

    /// Lets what the server says instead of agreeing be read once the handshake is over.
    private static func refusal(on channel: any Channel) -> EventLoopFuture<Outcome> {
        channel.eventLoop.makeCompletedFuture {
            let refused = channel.eventLoop.makePromise(of: Void.self)
            try channel.pipeline.syncOperations.addHandler(RefusalHandler(refused))
            return refused.futureResult
        }
    }

    private static let dialect = "pairloom.v1"
}
