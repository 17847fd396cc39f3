import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1
import Rooms

/// A connection to the server: HTTP as Hummingbird speaks it, or a WebSocket that lives in its pipeline.
struct PairloomChannel: ServerChildChannel, ProtocolInstaller {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let outcome: ConnectionOutcome
    }

    let http: HTTP1Channel
    let directory: RoomDirectory
    let live: LiveSettings
    let routes: RouteNames
    let refusals: Refusals
    let sockets: SocketFactory

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let connections = sockets.connections
        channel.closeFuture.whenComplete { _ in connections.close() }
        return channel.eventLoop.makeCompletedFuture {
            let promises = ConnectionOutcome.Promises(on: channel.eventLoop)
            guard connections.open(limit: live.current.limits.connections) else {
                refuse(channel, promises)
                return Value(channel: channel, outcome: promises.outcome)
            }
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers(
                HTTPResponseEncoder(),
                ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes)),
                UpgradeGate(
                    live: live, routes: routes, refusals: refusals, installer: self, outcome: promises))
            return Value(channel: channel, outcome: promises.outcome)
        }
    }

    /// Ends a connection that the server has no room for.
    private func refuse(_ channel: any Channel, _ promises: ConnectionOutcome.Promises) {
        promises.http.succeed(nil)
        promises.socket.succeed(nil)
        let answer = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        channel.writeAndFlush(ByteBuffer(string: answer)).whenComplete { _ in channel.close(promise: nil) }
    }

    /// Serves a connection until it ends. A WebSocket is brought into its room here and then lives on its event loop.
    func handle(value: Value, logger: Logger) async {
        async let entering: Void = enter(value.outcome.socket, until: value.channel.closeFuture)
        if let connection = try? await value.outcome.http.get() {
            await http.handleHTTP(asyncChannel: connection, logger: logger)
        }
        await entering
    }

    private func enter(_ socket: EventLoopFuture<JoinRequest?>, until closed: EventLoopFuture<Void>) async {
        guard let request = try? await socket.get() else { return }
        await request.member.enter(request.room, of: directory)
        try? await closed.get()
    }

    // MARK: ProtocolInstaller

    func installHTTP(on channel: any Channel) throws -> ConnectionOutcome.HTTPConnection {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers(HTTP1ToHTTPServerCodec(secure: false), DepartureWatch())
        try pipeline.addHandlers(http.configuration.additionalChannelHandlers())
        try pipeline.addHandler(
            HTTPConnectionStateHandler(
                idleTimeout: .init(TimeAmount(live.current.limits.requestTimeout)), logger: sockets.logger))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    func installWebSocket(
        _ request: SocketRequest, on channel: any Channel, before gate: UpgradeGate
    ) throws -> SessionMember {
        let pipeline = channel.pipeline.syncOperations
        pipeline.removeHandler(context: try pipeline.context(handlerType: HTTPResponseEncoder.self), promise: nil)
        // Before the session and its member know each other: on a channel that is closed already this throws.
        try channel.syncOptions?.setOption(
            .writeBufferWaterMark, value: WebSocketOptions(live.current.limits).waterMark)
        let (handler, session) = sockets.makeSocket(for: request, on: channel.eventLoop)
        try pipeline.addHandler(handler, position: .before(gate))
        // Last, since bytes that came along with the handshake are passed on as it goes.
        let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
        let member = session.makeMember(for: request, on: channel.eventLoop)
        pipeline.removeHandler(context: decoder, promise: nil)
        return member
    }
}
