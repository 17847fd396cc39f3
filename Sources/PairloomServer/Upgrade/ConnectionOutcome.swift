import NIOCore
import NIOHTTPTypes
import ProviderKit

/// What becomes of a connection: it may serve HTTP for a while, and may then, or at once, become a WebSocket.
struct ConnectionOutcome: Sendable {
    typealias HTTPConnection = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// Nil when the connection became a WebSocket at once, or ended before it asked for anything.
    let http: EventLoopFuture<HTTPConnection?>
    /// Nil when the connection ended as what it was.
    let socket: EventLoopFuture<JoinRequest?>

    /// The other ends of the futures; each is fulfilled when the connection ends, at the latest.
    struct Promises {
        let http: EventLoopPromise<HTTPConnection?>
        let socket: EventLoopPromise<JoinRequest?>

        init(on eventLoop: any EventLoop) {
            http = eventLoop.makePromise()
            socket = eventLoop.makePromise()
        }

        var outcome: ConnectionOutcome { ConnectionOutcome(http: http.futureResult, socket: socket.futureResult) }
    }
}

/// A client that wants to go into a room.
struct JoinRequest: Sendable {
    let member: SessionMember
    let room: RoomID
}

/// Puts the handlers of a protocol into a connection's pipeline, on its event loop.
protocol ProtocolInstaller {
    /// Puts them behind all that is there.
    func installHTTP(on channel: any Channel) throws -> ConnectionOutcome.HTTPConnection

    /// Puts them before the gate, and takes out what decodes and encodes HTTP.
    func installWebSocket(
        _ request: SocketRequest, on channel: any Channel, before gate: UpgradeGate
    ) throws -> SessionMember
}
