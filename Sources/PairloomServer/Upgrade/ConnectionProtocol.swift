import NIOCore
import NIOHTTPTypes
import ProviderKit

/// What a connection became with its first request.
enum ConnectionProtocol: Sendable {
    case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
    /// A client that wants to go into a room.
    case webSocket(SeedMember, RoomID)
}

/// Puts the handlers of a protocol into a connection's pipeline, on its event loop.
protocol ProtocolInstaller {
    func installHTTP(on channel: any Channel) throws -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// Takes out what speaks HTTP as well.
    func installWebSocket(on channel: any Channel, after gate: UpgradeGate) throws -> SeedMember
}
