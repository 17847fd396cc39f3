import CollabText
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import PairloomClient
import Wire

/// A ``SimulatedServer`` behind real sockets, on one event loop.
actor SocketServer {
    private nonisolated let eventLoop: any EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

    private var room = SimulatedServer(policy: .merge, text: "fn main() {}\n")
    private var channels: [Int: any Channel] = [:]
    private var listener: (any Channel)?
    private var connectionCount = 0
    private var pongs = 0
    /// Close codes for the next ones who join.
    private var closeCodes: [WebSocketErrorCode] = []

    private init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Runs a server for as long as `body` does.
    static func run(_ body: @Sendable (SocketServer, ServerAddress) async throws -> Void) async throws {
        let server = SocketServer(eventLoop: MultiThreadedEventLoopGroup.singleton.next())
        let address = try await server.start()
        do {
            try await body(server, address)
            await server.stop()
        } catch {
            await server.stop()
            throw error
        }
    }

    // MARK: For tests

    var text: TextBuffer { room.text }
    /// How many connections there ever were.
    var joined: Int { connectionCount }
    var receivedPongs: Int { pongs }

    /// Ends every connection with a close frame.
    func closeAll(_ code: WebSocketErrorCode) {
        for channel in channels.values { Self.close(channel, code) }
    }

    /// Ends the next connections as soon as they are made.
    func closeNext(_ codes: [WebSocketErrorCode]) {
        closeCodes = codes
    }

    /// Sends a ping to everyone, and the message after it in three frames, the ping among them.
    func sendFragments(_ message: ServerMessage) {
        for channel in channels.values {
            var bytes = ByteBuffer()
            message.write(into: &bytes)
            let head = bytes.readSlice(length: bytes.readableBytes / 2) ?? ByteBuffer()
            channel.write(WebSocketFrame(fin: false, opcode: .text, data: head), promise: nil)
            channel.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer(string: "?")), promise: nil)
            channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .continuation, data: bytes), promise: nil)
        }
    }

    /// Sends bytes that are no message.
    func sendNonsense() {
        for channel in channels.values {
            channel.writeAndFlush(
                WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: "{]")), promise: nil)
        }
    }

    // MARK: The server

    private func start() async throws -> ServerAddress {
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: 1 << 20,
            shouldUpgrade: { channel, head in
                let isRefused = head.uri.hasPrefix("/ws/refused")
                return channel.eventLoop.makeSucceededFuture(
                    isRefused ? nil : ["Sec-WebSocket-Protocol": "pairloom.v1"])
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ServerSocketHandler(server: self, uri: head.uri))
                    _ = pipeline.removeHandler(try pipeline.handler(type: RefusingHandler.self))
                }
            })
        let listener = try await ServerBootstrap(group: eventLoop)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline(withServerUpgrade: ([upgrader], { _ in }))
                    .flatMapThrowing { try channel.pipeline.syncOperations.addHandler(RefusingHandler()) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.listener = listener
        return ServerAddress(host: "127.0.0.1", port: listener.localAddress?.port ?? 0)
    }

    private func stop() async {
        try? await listener?.close().get()
        for channel in channels.values { try? await channel.close().get() }
    }

    func join(_ channel: any Channel, uri: String) -> Int {
        connectionCount += 1
        let member = connectionCount
        guard closeCodes.isEmpty else {
            Self.close(channel, closeCodes.removeFirst())
            return member
        }
        channels[member] = channel
        send(room.join(member, resuming: Self.resumption(in: uri)), to: member)
        return member
    }

    func leave(_ member: Int) {
        channels[member] = nil
        room.leave(member)
    }

    func receive(_ bytes: ByteBuffer, from member: Int) {
        guard case .edit(let edit)? = try? ClientMessage(decoding: bytes, in: .change, documentLimit: 1 << 20) else {
            return
        }
        for (receiver, message) in room.receive(edit, from: member) { send(message, to: receiver) }
    }

    func receivePong() {
        pongs += 1
    }

    private func send(_ message: ServerMessage, to member: Int) {
        var bytes = ByteBuffer()
        message.write(into: &bytes)
        channels[member]?.writeAndFlush(WebSocketFrame(fin: true, opcode: .text, data: bytes), promise: nil)
    }

    private static func close(_ channel: any Channel, _ code: WebSocketErrorCode) {
        var payload = ByteBuffer()
        payload.write(webSocketErrorCode: code)
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, data: payload), promise: nil)
    }

    private static func resumption(in uri: String) -> Resumption? {
        let query = uri.split(separator: "?").dropFirst().first ?? ""
        let values = query.split(separator: "&").map { $0.split(separator: "=").last.map(String.init) ?? "" }
        guard values.count == 2, let revision = Int(values[1]) else { return nil }
        return Resumption(session: values[0], revision: revision)
    }
}

/// Hands what a client sends to the server.
private final class ServerSocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let server: SocketServer
    private let uri: String
    private var member = 0

    init(server: SocketServer, uri: String) {
        self.server = server
        self.uri = uri
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let (channel, uri) = (context.channel, uri)
        member = server.assumeIsolated { $0.join(channel, uri: uri) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        let member = member
        switch frame.opcode {
        case .text:
            // Not at once: a failing write may read, and what is being sent to everyone must be sent first.
            context.eventLoop.execute { [server] in
                server.assumeIsolated { $0.receive(frame.unmaskedData, from: member) }
            }
        case .pong: server.assumeIsolated { $0.receivePong() }
        case .connectionClose: context.close(promise: nil)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let member = member
        server.assumeIsolated { $0.leave(member) }
    }
}

/// Answers 403 to a request that was not upgraded.
private final class RefusingHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        let head = HTTPResponseHead(version: .http1_1, status: .forbidden, headers: ["content-length": "0"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
