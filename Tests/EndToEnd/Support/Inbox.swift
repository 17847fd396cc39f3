import NIOCore

/// Gathers what arrives on a connection for the one who waits for it.
final class Inbox: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Takes what it can use from the input; answers whether it has got all that it waited for.
    typealias Reader = (_ input: inout ByteBuffer, _ hasEnded: Bool) -> Bool

    private var input = ByteBuffer()
    private var hasEnded = false
    private var reader: Reader?

    /// Lets a reader have the input now and whenever there is more, until it is content.
    func wait(_ reader: @escaping Reader) {
        self.reader = reader
        offer()
    }

    /// Everything that nobody has taken.
    func takeAll() -> String {
        defer { input.clear() }
        return String(buffer: input)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var data = unwrapInboundIn(data)
        if input.readableBytes == 0 {
            input = data
        } else {
            input.writeBuffer(&data)
        }
        offer()
    }

    func channelInactive(context: ChannelHandlerContext) {
        hasEnded = true
        offer()
    }

    /// A reset is an end like any other; what had arrived before it is still there.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func offer() {
        guard let reader else { return }
        self.reader = nil
        if !reader(&input, hasEnded) { self.reader = reader }
    }
}
