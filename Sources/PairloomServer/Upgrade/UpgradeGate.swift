import NIOCore
import NIOHTTP1
import ProviderKit
import Wire

/// Decides by the first request of a connection whether it becomes a WebSocket or stays with HTTP.
///
/// Stands behind the HTTP decoder. NIO's own upgrade handler loses a request whose `Upgrade` nobody takes; this one takes
/// the header off such a request and has the connection closed after the answer, since the decoder reads nothing behind
/// a request that asked for an upgrade. What comes behind a WebSocket's handshake passes the gate as bytes.
final class UpgradeGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let origins: OriginPolicy
    private let timeout: TimeAmount
    private let installer: any ProtocolInstaller
    private let outcome: EventLoopPromise<ConnectionProtocol>
    private var phase = Phase.waiting
    private var deadline: Scheduled<Void>?

    private enum Phase {
        case waiting
        /// A good handshake came; the end of the request is awaited.
        case upgrading(HTTPRequestHead, RoomID)
        case http
        /// The connection is a WebSocket, or was refused.
        case done
    }

    /// - Parameters:
    ///   - timeout: how long the first request may take to come.
    ///   - outcome: told what the connection became; fails when it ends before that.
    init(
        origins: OriginPolicy, timeout: TimeAmount, installer: any ProtocolInstaller,
        outcome: EventLoopPromise<ConnectionProtocol>
    ) {
        self.origins = origins
        self.timeout = timeout
        self.installer = installer
        self.outcome = outcome
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) { bound.value.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        outcome.fail(ChannelError.ioOnClosedChannel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        outcome.fail(ChannelError.ioOnClosedChannel)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .waiting, .http:
            read(unwrapInboundIn(data), context: context)
        case .upgrading(let head, let room):
            if case .end = unwrapInboundIn(data) { upgrade(head, room, context: context) }
        case .done:
            // Bytes that came along with the handshake, or parts of a request that was refused.
            context.fireChannelRead(data)
        }
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
            refuse(.badRequest, "There was an error parsing the request", [:], context: context)
        } else {
            context.fireErrorCaught(error)
        }
    }

    // MARK: Requests

    private func read(_ part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        guard case .head(var head) = part else { return context.fireChannelRead(wrapInboundOut(part)) }
        if case .waiting = phase {
            switch Handshake(head, origins: origins) {
            case .accepted(let room):
                phase = .upgrading(head, room)
                return
            case .refused(let status, let detail, let headers):
                return refuse(status, detail, headers, context: context)
            case .none:
                startHTTP(context: context)
            }
        }
        if head.headers.contains(name: "upgrade") {
            head.headers.remove(name: "upgrade")
            head.headers.replaceOrAdd(name: "connection", value: "close")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private func startHTTP(context: ChannelHandlerContext) {
        phase = .http
        deadline?.cancel()
        outcome.completeWith(Result { .http(try installer.installHTTP(on: context.channel)) })
    }

    private func upgrade(_ head: HTTPRequestHead, _ room: RoomID, context: ChannelHandlerContext) {
        phase = .done
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        acceptHeaders(for: head, on: context.channel).whenComplete { result in
            let (gate, context) = bound.value
            switch result {
            case .success(let headers): gate.becomeWebSocket(room, headers, context: context)
            case .failure(let error): gate.refuse(.badRequest, "\(error)", [:], context: context)
            }
        }
    }

    private func becomeWebSocket(_ room: RoomID, _ headers: HTTPHeaders, context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        outcome.completeWith(
            Result { .webSocket(try installer.installWebSocket(on: context.channel, after: self), room) })
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    private func refuse(
        _ status: HTTPResponseStatus, _ detail: String, _ headers: HTTPHeaders, context: ChannelHandlerContext
    ) {
        phase = .done
        var body = context.channel.allocator.buffer(capacity: 128)
        ErrorBody(detail: detail).write(into: &body)
        var headers = headers
        headers.add(name: "content-type", value: "application/json")
        headers.add(name: "content-length", value: String(body.readableBytes))
        headers.add(name: "connection", value: "close")
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
    }
}
