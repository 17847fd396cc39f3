package import NIOCore
import NIOPosix

/// A WebSocket: opens it, sends and receives text messages, answers pings. Used on its loop alone.
package final class Connection: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private enum State {
        /// The request is out; what has come of the answer so far.
        case opening(ByteBuffer)
        case open
        /// Closed by this side, or failed and told so.
        case done
    }

    private static let endOfHead = Array("\r\n\r\n".utf8)
    private static let switching = Array("HTTP/1.1 101".utf8)

    private let path: String
    private let server: ServerAddress
    private let subprotocol: String?
    private let listener: any Listener
    private let mask = (0..<4).map { _ in UInt8.random(in: 1...255) }
    private var state = State.opening(ByteBuffer())
    private var reader = FrameReader()
    private var context: ChannelHandlerContext?

    private init(to path: String, of server: ServerAddress, subprotocol: String?, listener: any Listener) {
        self.path = path
        self.server = server
        self.subprotocol = subprotocol
        self.listener = listener
    }

    /// Begins to open a WebSocket. To be called on the loop; so the listener is told nothing before this returns.
    package static func open(
        _ path: String, of server: ServerAddress, subprotocol: String?, on loop: any EventLoop, listener: any Listener
    ) -> Connection {
        let connection = Connection(to: path, of: server, subprotocol: subprotocol, listener: listener)
        let bound = NIOLoopBound(connection, eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .connect(host: server.host, port: server.port)
            .whenFailure { bound.value.fail("\($0)") }
        return connection
    }

    /// Sends a message at once.
    ///
    /// - Parameter write: writes it; shorter than 64 KiB.
    package func send(_ write: (inout ByteBuffer) -> Void) {
        send(FrameReader.text, write)
    }

    /// Hangs up.
    package func close() {
        state = .done
        context?.close(promise: nil)
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    package func channelActive(context: ChannelHandlerContext) {
        // The key is random only to keep caches from answering; none are between us and the server.
        let request = """
            GET \(path) HTTP/1.1\r
            Host: \(server)\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \(subprotocol.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? "")\r

            """
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        switch state {
        case .opening(var answer):
            answer.writeBuffer(&bytes)
            open(with: answer)
        case .open:
            receive(&bytes)
        case .done:
            break
        }
    }

    package func channelInactive(context: ChannelHandlerContext) {
        fail("the server hung up")
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail("\(error)")
    }

    /// Waits for the end of the server's answer; what follows it are frames already.
    private func open(with answer: ByteBuffer) {
        guard let end = answer.readableBytesView.firstRange(of: Self.endOfHead)?.upperBound else {
            state = .opening(answer)
            return
        }
        guard answer.readableBytesView.starts(with: Self.switching) else {
            return fail("the server refused a WebSocket: \(String(buffer: answer).prefix { !$0.isNewline })")
        }
        state = .open
        listener.didConnect()
        var rest = answer
        rest.moveReaderIndex(to: end)
        receive(&rest)
    }

    private func receive(_ bytes: inout ByteBuffer) {
        reader.append(&bytes)
        let now = NIODeadline.now()
        while let frame = reader.next() {
            switch frame.opcode {
            case FrameReader.text:
                receive(message: frame.payload, at: now)
            case FrameReader.ping:
                send(FrameReader.pong) { $0.writeBytes(frame.payload) }
            case FrameReader.close:
                let code = frame.payload.prefix(2).reduce(0) { $0 << 8 | Int($1) }
                fail("the server closed a WebSocket with \(code)")
            default:
                break
            }
        }
    }

    private func receive(message: ByteBufferView, at time: NIODeadline) {
        do {
            try listener.didReceive(message, at: time)
        } catch {
            fail("\(error)")
        }
    }

    private func send(_ opcode: UInt8, _ write: (inout ByteBuffer) -> Void) {
        guard let context else { return }
        let frame = context.channel.allocator.maskedFrame(opcode: opcode, mask: mask, payload: write)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    private func fail(_ reason: String) {
        if case .done = state { return }
        state = .done
        listener.didFail(LoadError(reason))
    }
}
