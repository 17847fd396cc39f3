import NIOCore
import NIOHTTP1
import ProviderKit
import Wire

/// Stands between the HTTP decoder and HTTP's handlers, and turns a connection into a WebSocket when a request asks for it:
/// the first one, or a later one on a connection that a proxy keeps.
///
/// NIO's own upgrade handler loses a request whose `Upgrade` nobody takes; this one takes the header off such a request
/// and has the connection closed after the answer, since the decoder reads nothing behind it. The gate also sees to it
/// that every request comes in time, is not longer than it may be, and that its `Connection` and `Expect` are obeyed.
final class UpgradeGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let live: LiveSettings
    private let routes: RouteNames
    private let refusals: Refusals
    private let installer: any ProtocolInstaller
    private let outcome: ConnectionOutcome.Promises
    private var phase = Phase.waiting
    private var watch: RequestWatch
    /// When a request must be here whole.
    private var arrival: Scheduled<Void>?
    /// When a client that does not read its answer is given up.
    private var stall: Scheduled<Void>?

    private enum Phase {
        case waiting
        case http
        /// A good handshake came; the end of the request is awaited.
        case upgrading(HTTPRequestHead, SocketRequest, wasServing: Bool)
        /// The connection is a WebSocket, and what speaks HTTP behind the gate must not touch it any more.
        case webSocket
        case refused
    }

    init(
        live: LiveSettings, routes: RouteNames, refusals: Refusals, installer: any ProtocolInstaller,
        outcome: ConnectionOutcome.Promises
    ) {
        self.live = live
        self.routes = routes
        self.refusals = refusals
        self.installer = installer
        self.outcome = outcome
        watch = RequestWatch(bodyLimit: live.current.limits.message)
    }

    // MARK: Inbound

    func handlerAdded(context: ChannelHandlerContext) {
        expectRequest(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch phase {
        case .waiting, .http:
            read(part, context: context)
        case .upgrading(let head, let request, let wasServing):
            if case .end = part { upgrade(head, request, wasServing: wasServing, context: context) }
        case .webSocket, .refused:
            break
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if isServing {
            stall?.cancel()
            stall = context.channel.isWritable ? nil : close(in: live.current.limits.requestTimeout, context)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch (event, phase) {
        case (is ChannelShouldQuiesceEvent, .waiting), (ChannelEvent.inputClosed, .waiting):
            context.close(promise: nil)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .waiting = phase, error is HTTPParserError {
            refuse(.malformed("There was an error parsing the request"), context: context)
        } else {
            context.fireErrorCaught(error)
        }
    }

    // MARK: Outbound

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .webSocket = phase {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        let part = watch.answer(unwrapOutboundIn(data))
        context.write(wrapOutboundOut(part), promise: promise)
        if case .end = part, watch.isOver { hangUp(context) }
    }

    func flush(context: ChannelHandlerContext) {
        if case .webSocket = phase { return }
        context.flush()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if case .webSocket = phase {
            promise?.succeed()
        } else {
            context.close(mode: mode, promise: promise)
        }
    }

    func read(context: ChannelHandlerContext) {
        // A WebSocket asks for its reads by itself.
        if case .webSocket = phase { return }
        context.read()
    }

    // MARK: Requests

    private func read(_ part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            expectRequest(context)
            begin(head, context: context)
        case .body(let bytes):
            if watch.takeBody(bytes.readableBytes) { context.fireChannelRead(wrapInboundOut(part)) }
        case .end:
            arrival?.cancel()
            context.fireChannelRead(wrapInboundOut(part))
        }
    }

    private func begin(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        let settings = live.current
        watch.bodyLimit = settings.limits.message
        let (head, redirect) = routes.resolve(head, publicURLs: settings.origins.publicURLs)
        if watch.isIdle {
            if let redirect {
                let headers: HTTPHeaders = ["location": redirect]
                return answer(.permanentRedirect, "Moved to \(redirect)", headers, to: head.method, context: context)
            }
            func source() -> RequestSource {
                let peer = context.remoteAddress.flatMap(IPAddress.init)
                return settings.origins.proxies.source(from: peer) { head.headers[$0] }
            }
            switch Handshake(head, origins: settings.origins, source: source()) {
            case .accepted(let request):
                phase = .upgrading(head, request, wasServing: isServing)
                return
            case .refused(let refusal):
                refusals.note(refusal, origin: head.headers.first(name: "origin"), source: source())
                return refuse(refusal, answering: head.method, context: context)
            case .misplaced(let refusal):
                refusals.note(refusal, origin: nil, source: source())
            case .none:
                break
            }
        }
        if !isServing { startHTTP(context) }
        let (passedOn, expectsContinue) = watch.begin(head)
        if expectsContinue {
            let go = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
        }
        context.fireChannelRead(wrapInboundOut(.head(passedOn)))
    }

    private var isServing: Bool {
        if case .http = phase { true } else { false }
    }

    private func startHTTP(_ context: ChannelHandlerContext) {
        phase = .http
        outcome.http.completeWith(Result { try installer.installHTTP(on: context.channel) })
    }

    // MARK: WebSockets

    private func upgrade(
        _ head: HTTPRequestHead, _ request: SocketRequest, wasServing: Bool, context: ChannelHandlerContext
    ) {
        arrival?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        acceptHeaders(for: head, request, on: context.channel).whenComplete { result in
            let (gate, context) = bound.value
            switch result {
            case .success(let headers):
                gate.becomeWebSocket(request, headers, wasServing: wasServing, context: context)
            case .failure(let error):
                gate.refuse(.malformed("\(error)"), context: context)
            }
        }
    }

    private func becomeWebSocket(
        _ request: SocketRequest, _ headers: HTTPHeaders, wasServing: Bool, context: ChannelHandlerContext
    ) {
        let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        phase = .webSocket
        stall?.cancel()
        outcome.socket.completeWith(
            Result {
                let member = try installer.installWebSocket(request, on: context.channel, before: self)
                return JoinRequest(member: member, room: request.room)
            })
        if wasServing {
            // What served until now learns that no more requests come, and stays behind the gate until the end.
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else {
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        }
    }

    private func refuse(
        _ refusal: UpgradeRefusal, answering method: HTTPMethod = .GET, context: ChannelHandlerContext
    ) {
        answer(refusal.status, refusal.detail, refusal.headers, to: method, context: context)
    }

    /// Answers the last request of the connection.
    private func answer(
        _ status: HTTPResponseStatus, _ detail: String, _ headers: HTTPHeaders, to method: HTTPMethod,
        context: ChannelHandlerContext
    ) {
        phase = .refused
        var body = context.channel.allocator.buffer(capacity: 128)
        ErrorBody(detail: detail).write(into: &body)
        var headers = headers
        headers.add(name: "content-type", value: "application/json")
        headers.add(name: "content-length", value: String(body.readableBytes))
        headers.replaceOrAdd(name: "connection", value: "close")
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        hangUp(context)
    }

    // MARK: Ends

    /// Gives a request the time that it may take to be here whole.
    private func expectRequest(_ context: ChannelHandlerContext) {
        arrival?.cancel()
        arrival = close(in: live.current.limits.requestTimeout, context)
    }

    /// Ends a connection without losing what was written: closing it with unread bytes would destroy that.
    private func hangUp(_ context: ChannelHandlerContext) {
        context.flush()
        context.close(mode: .output, promise: nil)
        arrival?.cancel()
        arrival = close(in: .seconds(1), context)
    }

    private func close(in span: Duration, _ context: ChannelHandlerContext) -> Scheduled<Void> {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: TimeAmount(span)) { bound.value.close(promise: nil) }
    }

    private func end() {
        arrival?.cancel()
        stall?.cancel()
        outcome.http.succeed(nil)
        outcome.socket.succeed(nil)
    }
}
