import NIOCore

/// One connection to a room: opens the WebSocket, sends what its voice says, tells the run what arrives.
final class Member: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        /// The request is out; what has come of the answer so far.
        case opening(ByteBuffer)
        case open
        /// The run is over, or has failed and said why.
        case done
    }

    private static let endOfHead = Array("\r\n\r\n".utf8)
    private static let switching = Array("HTTP/1.1 101".utf8)

    /// The member's place among all members of the run.
    let index: Int
    let voice: any Voice
    private let path: String
    private let run: LoadRun
    private let mask = (0..<4).map { _ in UInt8.random(in: 1...255) }
    private var state = State.opening(ByteBuffer())
    private var reader = FrameReader()
    private var context: ChannelHandlerContext?

    init(index: Int, room: String, voice: any Voice, run: LoadRun) {
        self.index = index
        self.voice = voice
        self.path = "/ws/\(room)"
        self.run = run
    }

    /// Sends the next message at once, stamped with a time.
    func send(stamped time: NIODeadline) {
        guard let context else { return }
        let frame = context.channel.allocator.maskedFrame(opcode: FrameReader.text, mask: mask) {
            voice.write(into: &$0, stamped: time)
        }
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    /// Hangs up.
    func leave() {
        state = .done
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        // The key is random only to keep caches from answering; none are between us and the server.
        let request = """
            GET \(path) HTTP/1.1\r
            Host: \(run.options.host):\(run.options.port)\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \(type(of: voice).subprotocol.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? "")\r

            """
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
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

    func channelInactive(context: ChannelHandlerContext) {
        fail("the server hung up")
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
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
        if type(of: voice).isWelcomeUnasked { run.memberDidJoin() }
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
                pong(frame.payload)
            case FrameReader.close:
                let code = frame.payload.prefix(2).reduce(0) { $0 << 8 | Int($1) }
                fail("the server closed a WebSocket with \(code)")
            default:
                break
            }
        }
    }

    private func receive(message: ByteBufferView, at now: NIODeadline) {
        do {
            switch try voice.receive(message) {
            case .delivery(let writer, let time): run.memberDidReceive(from: writer, after: now - (time ?? now))
            case .acknowledgement: run.memberIsReady(self)
            case .refusal(let why): run.memberWasRefused(self, why: why)
            case .welcome: run.memberDidJoin()
            case .nothing: break
            }
        } catch {
            fail("\(error)")
        }
    }

    private func pong(_ payload: ByteBufferView) {
        guard let context else { return }
        let frame = context.channel.allocator.maskedFrame(opcode: FrameReader.pong, mask: mask) {
            $0.writeBytes(payload)
        }
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    private func fail(_ reason: String) {
        if case .done = state { return }
        state = .done
        run.fail(LoadError(reason))
    }
}
