import NIOCore
import NIOHTTP1

/// Takes the response to an upgrade that the server refused, and ends the connection.
final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let refused: EventLoopPromise<Void>

    /// - Parameter refused: fails with the ``Closure``.
    init(_ refused: EventLoopPromise<Void>) {
        self.refused = refused
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        refused.fail(Closure(code: Int(head.status.code), reason: head.status.reasonPhrase))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        refused.fail(Closure.broken("the server hung up"))
        context.fireChannelInactive()
    }
}
