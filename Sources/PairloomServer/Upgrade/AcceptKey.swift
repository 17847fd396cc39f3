import NIOCore
import NIOHTTP1
import NIOWebSocket
import Wire

/// Works out the headers of `101 Switching Protocols`; the hash of the key is NIO's affair.
///
/// - Parameters:
///   - head: a handshake that was found to be in order.
///   - request: what it asks for.
func acceptHeaders(
    for head: HTTPRequestHead, _ request: SocketRequest, on channel: any Channel
) -> EventLoopFuture<HTTPHeaders> {
    let chosen = HTTPHeaders(request.chosenProtocol.map { [("Sec-WebSocket-Protocol", $0)] } ?? [])
    return NIOWebSocketServerUpgrader(
        shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(chosen) },
        upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
    ).buildUpgradeResponse(channel: channel, upgradeRequest: head, initialResponseHeaders: [:])
}
