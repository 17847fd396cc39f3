import Foundation
import NIOHTTP1
import ProviderKit

/// What a request's head asks for: nothing of WebSockets, or one, rightly or not (RFC 6455, section 4.2.1).
enum Handshake {
    /// An ordinary request. With an `Upgrade` to something else, which is ignored, as RFC 9110 allows.
    case none
    case accepted(SocketRequest)
    case refused(HTTPResponseStatus, detail: String, headers: HTTPHeaders)

    init(_ head: HTTPRequestHead, origins: OriginPolicy) {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let room = parts.first.flatMap(Self.room), Self.tokens("upgrade", of: head) == ["websocket"] else {
            self = .none
            return
        }
        let request = SocketRequest(
            room: room, query: parts.dropFirst().first ?? "",
            protocols: head.headers[canonicalForm: "sec-websocket-protocol"])
        self = Self.problem(head, origins: origins) ?? .accepted(request)
    }

    private static func problem(_ head: HTTPRequestHead, origins: OriginPolicy) -> Handshake? {
        let headers = head.headers
        func refused(_ detail: String, _ status: HTTPResponseStatus = .badRequest) -> Handshake {
            .refused(status, detail: detail, headers: [:])
        }
        guard head.method == .GET, head.version == .http1_1 else {
            return refused("A WebSocket is opened by GET and HTTP/1.1")
        }
        guard tokens("connection", of: head).contains("upgrade") else { return refused("Connection must name Upgrade") }
        guard headers["sec-websocket-version"] == ["13"] else {
            return .refused(
                .upgradeRequired, detail: "This server speaks version 13", headers: ["Sec-WebSocket-Version": "13"])
        }
        let keys = headers["sec-websocket-key"]
        guard keys.count == 1, Data(base64Encoded: keys[0])?.count == 16 else {
            return refused("Sec-WebSocket-Key must be 16 bytes in base64")
        }
        guard headers["host"].count == 1 else { return refused("Host must be given once") }
        guard !headers.contains(name: "transfer-encoding"), (headers.first(name: "content-length") ?? "0") == "0" else {
            return refused("The request must have no body")
        }
        guard origins.admits(origin: headers.first(name: "origin"), host: headers.first(name: "host")) else {
            return refused("Origin not allowed", .forbidden)
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
