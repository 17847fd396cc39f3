import NIOCore

/// Notices that a client went away while its request is being answered. Used on the connection's loop.
final class DepartureWatch: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private var isGone = false
    private var action: (@Sendable () -> Void)?

    /// Calls `action` when nothing more can come from the client; at once when that is so already.
    ///
    /// It takes the place of the one before: a connection has one request at a time.
    func onDeparture(_ action: @escaping @Sendable () -> Void) {
        if isGone { action() } else { self.action = action }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { noteDeparture() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        noteDeparture()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        noteDeparture()
    }

    private func noteDeparture() {
        isGone = true
        action?()
        action = nil
    }
}
