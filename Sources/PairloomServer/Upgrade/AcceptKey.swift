import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Works out the headers of `101 Switching Protocols`; the hash of the key is NIO's affair.
///
/// - Parameter head: a handshake that was found to be in order.
func acceptHeaders(for head: HTTPRequestHead, on channel: any Channel) -> EventLoopFuture<HTTPHeaders> {
    NIOWebSocketServerUpgrader(
        shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
        upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
    ).buildUpgradeResponse(channel: channel, upgradeRequest: head, initialResponseHeaders: [:])
}
