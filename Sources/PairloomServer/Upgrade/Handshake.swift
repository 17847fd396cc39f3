import Foundation
import NIOHTTP1
import ProviderKit

/// What a request's head asks for: nothing of WebSockets, or one, rightly or not (RFC 6455, section 4.2.1).
enum Handshake {
    /// An ordinary request. With an `Upgrade` to something else, which is ignored, as RFC 9110 allows.
    case none
    case accepted(SocketRequest)
    case refused(UpgradeRefusal)
    /// A WebSocket is asked for at a path that has none; the routes answer.
    case misplaced(UpgradeRefusal)

    /// - Parameter source: the client, and the address that it used.
    init(_ head: HTTPRequestHead, origins: OriginPolicy, source: @autoclosure () -> RequestSource) {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard Self.tokens("upgrade", of: head) == ["websocket"] else {
            self = .none
            return
        }
        let path = parts.first ?? ""
        guard let room = Self.room(path) else {
            self = .misplaced(.path(path))
            return
        }
        let request = SocketRequest(
            room: room, query: parts.dropFirst().first ?? "",
            protocols: head.headers[canonicalForm: "sec-websocket-protocol"])
        self = Self.problem(head, origins: origins, source: source()).map(Self.refused) ?? .accepted(request)
    }

    private static func problem(
        _ head: HTTPRequestHead, origins: OriginPolicy, source: RequestSource
    ) -> UpgradeRefusal? {
        let headers = head.headers
        guard head.method == .GET else { return .malformed("A WebSocket is opened by GET") }
        guard head.version == .http1_1 else { return .httpVersion }
        guard tokens("connection", of: head).contains("upgrade") else { return .connection }
        guard headers["sec-websocket-version"] == ["13"] else { return .webSocketVersion }
        let keys = headers["sec-websocket-key"]
        guard keys.count == 1, Data(base64Encoded: keys[0])?.count == 16 else {
            return .malformed("Sec-WebSocket-Key must be 16 bytes in base64")
        }
        guard headers["host"].count == 1 else { return .malformed("Host must be given once") }
        guard !headers.contains(name: "transfer-encoding"), (headers.first(name: "content-length") ?? "0") == "0" else {
            return .malformed("The request must have no body")
        }
        let origin = headers.first(name: "origin")
        guard origins.admits(origin: origin, of: source) else {
            return .origin(OriginRefusal(origin: origin ?? "", source: source))
        }
        return nil
    }

    /// The room of `/ws/{id}`; nil for any other path.
    private static func room(_ path: Substring) -> RoomID? {
        guard path.hasPrefix("/ws/") else { return nil }
        var id = path.dropFirst(4)
        if id.hasSuffix("/") { id.removeLast() }
        // What cannot be the name of a room is taken as it stands, and names none: the client is told so after the upgrade.
        return id.isEmpty || id.contains("/") ? nil : RoomID(pathSegment: id) ?? RoomID(String(id))
    }

    private static func tokens(_ name: String, of head: HTTPRequestHead) -> [String] {
        head.headers[canonicalForm: name].map { $0.lowercased() }
    }
}
