import NIOCore

/// One end of a WebSocket connection on its channel: frames, close handshake, signs of life, and backpressure. What the
/// messages mean is the session's affair.
///
/// A client that does not read is not read from: what it is owed stays bounded by what it sends. See also
/// ``RoomSession``, which skips what a slow client need not see.
final class WebSocketHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let session: any Session
    private var options: WebSocketOptions
    private let flushQueue: FlushQueue
    /// Nil once the client broke the protocol: what follows cannot be understood, and is dropped.
    private var decoder: FrameDecoder?
    private var context: ChannelHandlerContext?
    private var phase = Phase.paused
    private var isDirty = false
    private var batch = FrameBatch()
    /// Whether reads are asked for. The handler asks for each by itself, since what stands behind it may not.
    private var isReading = false
    /// When the client was last heard of: a frame, a pong, or a part of either.
    private var heardAt = NIODeadline.uptimeNanoseconds(0)
    private var heartbeat: Scheduled<Void>?
    /// Tells the beat that is next from one that was to come before the time was changed.
    private var beatNumber = 0

    private enum Phase {
        /// Frames are kept until the session is ready for them.
        case paused
        case open
        /// Our close frame is out; the other side's is awaited.
        case closing
        case closed
    }

    init(session: any Session, options: WebSocketOptions, flushQueue: FlushQueue) {
        self.session = session
        self.options = options
        self.flushQueue = flushQueue
        decoder = FrameDecoder(messageLimit: options.messageLimit)
    }

    // MARK: For the session

    /// Whether the client keeps up with what it is sent. Noted here, since asking the channel costs as much as a message.
    private(set) var isWritable = false

    /// Begins to hand messages to the session.
    func start() {
        guard phase == .paused else { return }
        phase = .open
        readWhenWritable()
        readFrames()
    }

    /// Sends a frame in this turn of the event loop.
    func send(_ frame: ByteBuffer) {
        guard phase == .open || phase == .paused, let context else { return }
        if let full = batch.add(frame) { context.write(wrapOutboundOut(full), promise: nil) }
        guard !isDirty else { return }
        isDirty = true
        flushQueue.add(self)
    }

    func flush() {
        isDirty = false
        guard let context else { return }
        writeBatch(context)
        context.flush()
    }

    private func writeBatch(_ context: ChannelHandlerContext) {
        if let rest = batch.take() { context.write(wrapOutboundOut(rest), promise: nil) }
    }

    /// Begins the close handshake; the connection ends when the client has answered, or has not for too long.
    func close(_ closure: Closure) {
        guard phase == .open || phase == .paused, let context else { return }
        phase = .closing
        session.didEnd()
        writeBatch(context)
        context.writeAndFlush(wrapOutboundOut(FrameEncoder.close(closure)), promise: nil)
        // What still comes is read and dropped: closing a socket with unread bytes would destroy the close frame.
        setReading(true)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: options.closeTimeout) { bound.value.close(promise: nil) }
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        isWritable = context.channel.isWritable
        // Fails only on a channel that is closed already.
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        heardAt = context.eventLoop.now
        scheduleBeat(in: options.quietTime, context)
        session.didOpen(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        heardAt = context.eventLoop.now
        guard phase != .closed else { return }
        decoder?.append(unwrapInboundIn(data))
        readFrames()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading { context.read() }
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        readWhenWritable()
        if isWritable, phase == .open { session.didBecomeWritable() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            close(Closure(.restarting, "the server is restarting"))
        case ChannelEvent.inputClosed:
            context.close(promise: nil)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func end() {
        if phase == .open || phase == .paused { session.didEnd() }
        phase = .closed
        heartbeat?.cancel()
        heartbeat = nil
        context = nil
        isWritable = false
    }

    // MARK: Frames

    private func readFrames() {
        do throws(Closure) {
            while phase == .open || phase == .closing, let event = try decoder?.next() { handle(event) }
        } catch {
            decoder = nil
            close(error)
            // The client's answer could not be understood: it is told at once that nothing else comes.
            context?.close(mode: .output, promise: nil)
        }
    }

    private func handle(_ event: FrameDecoder.Event) {
        switch event {
        case .close(let closure):
            didReceive(closure)
        case .ping(let payload) where phase == .open:
            send(FrameEncoder.control(.pong, payload))
        case .pong(let payload) where phase == .open:
            session.receivePong(payload)
        case .text(let message) where phase == .open:
            session.receive(message)
        case .ping, .pong, .text:
            break
        }
    }

    /// Ends the handshake that we began, or answers the one that the client began and hangs up after that.
    private func didReceive(_ closure: Closure) {
        if phase == .closing {
            context?.close(promise: nil)
        } else {
            close(Closure(closure.code))
            context?.close(mode: .output, promise: nil)
        }
    }

    // MARK: Options

    /// Sets what bounds the connection from now on.
    func update(_ options: WebSocketOptions) {
        let old = self.options
        self.options = options
        decoder?.messageLimit = options.messageLimit
        guard let context, phase == .open || phase == .paused else { return }
        // Fails only on a channel that is closed already.
        try? context.channel.syncOptions?.setOption(.writeBufferWaterMark, value: options.waterMark)
        guard options.idleTimeout != old.idleTimeout else { return }
        heardAt = context.eventLoop.now
        // Spread, since all connections of the loop come here at once; the beat that was to come is not looked for in the
        // loop's queue, which is long then, but ignored.
        let pause = options.quietTime.nanoseconds
        scheduleBeat(in: .nanoseconds(.random(in: (pause - pause / 4)...pause)), context)
    }

    // MARK: Signs of life

    private func scheduleBeat(in pause: TimeAmount, _ context: ChannelHandlerContext) {
        beatNumber &+= 1
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        heartbeat = context.eventLoop.scheduleTask(in: pause) { [beatNumber] in bound.value.beat(beatNumber) }
    }

    private func beat(_ number: Int) {
        guard number == beatNumber, let context else { return }
        let silence = context.eventLoop.now - heardAt
        if silence < options.quietTime {
            scheduleBeat(in: options.quietTime - silence, context)
        } else if silence < options.idleTimeout {
            send(FrameEncoder.control(.ping))
            scheduleBeat(in: min(options.quietTime, options.idleTimeout - silence), context)
        } else if phase == .open || phase == .paused {
            close(Closure(isWritable ? .goingAway : .overloaded, "nothing was heard for too long"))
        } else {
            context.close(promise: nil)
        }
    }

    // MARK: Backpressure

    private func readWhenWritable() {
        if phase == .open { setReading(isWritable) }
    }

    private func setReading(_ isReading: Bool) {
        guard self.isReading != isReading else { return }
        self.isReading = isReading
        if isReading { context?.read() }
    }
}
