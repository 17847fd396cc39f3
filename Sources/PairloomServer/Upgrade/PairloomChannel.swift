import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Rooms

/// A connection to the server: HTTP as Hummingbird speaks it, or a WebSocket that lives in its pipeline.
struct PairloomChannel: ServerChildChannel, ProtocolInstaller {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let outcome: EventLoopFuture<ConnectionProtocol>
    }

    let http: HTTP1Channel
    let directory: RoomDirectory
    let options: ServerOptions
    let sockets: SocketFactory

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let outcome = channel.eventLoop.makePromise(of: ConnectionProtocol.self)
            let gate = UpgradeGate(
                origins: options.origins, timeout: TimeAmount(options.limits.requestTimeout), installer: self,
                outcome: outcome)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers(
                HTTPResponseEncoder(),
                ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes)), gate)
            return Value(channel: channel, outcome: outcome.futureResult)
        }
    }

    /// Serves a connection. A WebSocket is brought into its room here and then lives on its event loop.
    func handle(value: Value, logger: Logger) async {
        do {
            switch try await value.outcome.get() {
            case .http(let channel): await http.handleHTTP(asyncChannel: channel, logger: logger)
            case .webSocket(let member, let room): await member.enter(room, of: directory)
            }
        } catch {
            logger.debug("A connection asked for nothing", metadata: ["error": "\(error)"])
            value.channel.close(promise: nil)
        }
    }

    // MARK: ProtocolInstaller

    func installHTTP(on channel: any Channel) throws -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try pipeline.addHandlers(http.configuration.additionalChannelHandlers())
        try pipeline.addHandler(
            HTTPConnectionStateHandler(
                idleTimeout: http.configuration.idleTimeout.map { .init($0) }, logger: sockets.logger))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    func installWebSocket(on channel: any Channel, after gate: UpgradeGate) throws -> SeedMember {
        let pipeline = channel.pipeline.syncOperations
        pipeline.removeHandler(context: try pipeline.context(handlerType: HTTPResponseEncoder.self), promise: nil)
        let (handler, member) = sockets.makeSocket(on: channel.eventLoop)
        try channel.syncOptions?.setOption(.writeBufferWaterMark, value: sockets.waterMark)
        try pipeline.addHandler(handler, position: .after(gate))
        // Last, since bytes that came along with the handshake are passed on as it goes.
        let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
        pipeline.removeHandler(context: decoder, promise: nil)
        return member
    }
}
