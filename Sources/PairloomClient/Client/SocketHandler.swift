import NIOCore
import NIOWebSocket

/// The end of a connection's pipeline: answers control frames, and hands messages and the end to the client.
final class SocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let client: PairloomClient
    /// Which of the client's connections this is.
    private let number: Int
    private var closure = Closure.broken("the connection was lost")

    init(client: PairloomClient, number: Int) {
        self.client = client
        self.number = number
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let (channel, number) = (context.channel, number)
        client.assumeIsolated { $0.didOpen(channel, number: number) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text:
            let number = number
            client.assumeIsolated { $0.didReceive(frame.unmaskedData, number: number) }
        case .ping:
            context.writeAndFlush(wrapOutboundOut(.masked(.pong, frame.unmaskedData)), promise: nil)
        case .connectionClose:
            didReceiveClose(frame.unmaskedData, context: context)
        default:
            break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let (closure, number) = (closure, number)
        client.assumeIsolated { $0.didEnd(closure, number: number) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        closure = .broken("\(error)")
        context.close(promise: nil)
    }

    /// Answers with the same code, and hangs up: nothing may follow a close frame.
    private func didReceiveClose(_ payload: ByteBuffer, context: ChannelHandlerContext) {
        var payload = payload
        let answer = payload.getSlice(at: payload.readerIndex, length: min(2, payload.readableBytes)) ?? ByteBuffer()
        let code = payload.readInteger(as: UInt16.self).map(Int.init) ?? 1005
        closure = Closure(code: code, reason: String(buffer: payload))
        context.writeAndFlush(wrapOutboundOut(.masked(.connectionClose, answer)), promise: nil)
        context.close(promise: nil)
    }
}

extension WebSocketFrame {
    /// A whole frame as a client must send it (RFC 6455, section 5.3).
    static func masked(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) -> WebSocketFrame {
        WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: payload)
    }
}
