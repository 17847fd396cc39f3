import NIOHTTP1
import ProviderKit
import Testing
import Wire

@testable import PairloomServer

@Suite struct HandshakeTests {
    private static let good: [(String, String)] = [
        ("Host", "example.com"), ("Connection", "keep-alive, Upgrade"), ("Upgrade", "WebSocket"),
        ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ]

    private func handshake(
        _ uri: String = "/ws/room", method: HTTPMethod = .GET, changing name: String? = nil, to value: String? = nil
    ) -> Handshake {
        var headers = HTTPHeaders(Self.good)
        if let name {
            headers.remove(name: name)
            if let value { headers.add(name: name, value: value) }
        }
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: uri, headers: headers)
        let origins = OriginPolicy(allowed: ["https://app.example.com"])
        return Handshake(head, origins: origins, source: origins.proxies.source(from: nil) { head.headers[$0] })
    }

    private func status(_ handshake: Handshake) -> HTTPResponseStatus? {
        if case .refused(let refusal) = handshake { refusal.status } else { nil }
    }

    @Test(arguments: [
        ("/ws/abc", "abc"), ("/ws/abc/", "abc"), ("/ws/a%20b?x=/y", "a b"), ("/ws/%2F", "/"), ("/ws/%00", "%00"),
    ])
    func aGoodOneNamesARoom(uri: String, room: String) {
        #expect(request(uri)?.room == RoomID(room))
    }

    private func request(_ uri: String, protocols: String? = nil) -> SocketRequest? {
        guard case .accepted(let request) = handshake(uri, changing: "Sec-WebSocket-Protocol", to: protocols) else {
            Issue.record("\(uri) was not accepted")
            return nil
        }
        return request
    }

    @Test(
        arguments: [
            (nil, .seed, nil), ("", .seed, nil), ("pairloom.v2", .seed, nil),
            ("pairloom.text", .seed, "pairloom.text"), ("other, pairloom.text", .seed, "pairloom.text"),
            ("pairloom.v1", .change, "pairloom.v1"), ("other, pairloom.v1", .change, "pairloom.v1"),
            ("pairloom.text, pairloom.v1", .change, "pairloom.v1"),
        ] as [(String?, WireDialect, String?)])
    func theSubprotocolTellsTheDialect(protocols: String?, dialect: WireDialect, chosen: String?) {
        let request = request("/ws/abc", protocols: protocols)
        #expect(request?.dialect == dialect)
        #expect(request?.chosenProtocol == chosen)
    }

    @Test func whoComesBackShowsItsSessionAndItsRevision() {
        let token = SessionToken()
        #expect(request("/ws/abc")?.resumption == nil)
        #expect(
            request("/ws/abc?session=\(token.rawValue)&revision=12")?.resumption
                == SocketRequest.Resumption(session: token, revision: Revision(12)))
        #expect(
            request("/ws/abc?revision=x&session=\(token.rawValue)")?.resumption
                == SocketRequest.Resumption(session: token, revision: Revision(-1)))
    }

    @Test(arguments: [
        "", "-1", "-0", "-9223372036854775808", "9007199254740992", "9223372036854775807", "9223372036854775808",
        "18446744073709551616", String(repeating: "9", count: 5_000), "1e3", "1.0", "0x1", "%31",
    ])
    func aRevisionThatCannotBeIsNone(revision: String) {
        let token = SessionToken()
        let isZero = revision == "-0"
        #expect(
            request("/ws/abc?session=\(token.rawValue)&revision=\(revision)")?.resumption
                == SocketRequest.Resumption(session: token, revision: isZero ? .zero : Revision(-1)))
    }

    @Test(arguments: ["x", "0123456789abcdefghijklmnoW", String(repeating: "0", count: 5_000), "%00", "0=1=2"])
    func aSessionThatIsNoneOfOursIsForgotten(session: String) {
        let resumption = request("/ws/abc?session=\(session)&revision=1")?.resumption
        #expect(resumption == SocketRequest.Resumption(session: nil, revision: Revision(1)))
    }

    @Test func theIdOfASessionIsAlwaysTheSameAndDoesNotTellIt() {
        let token = SessionToken()
        #expect(SessionToken(token.rawValue)?.clientID == token.clientID)
        #expect(SessionToken().clientID != token.clientID)
        #expect(!token.rawValue.contains(token.clientID.rawValue))
    }

    @Test(arguments: ["/", "/ws", "/ws/", "/ws/a/b", "/rooms/abc", "/wsx/a"])
    func anotherPathHasNone(uri: String) {
        guard case .misplaced = handshake(uri) else {
            Issue.record("\(uri) was taken for a room")
            return
        }
    }

    @Test func anUpgradeToSomethingElseIsNone() {
        for value in ["h2c", "websocket, h2c", ""] {
            guard case .none = handshake(changing: "Upgrade", to: value) else {
                Issue.record("\(value) was taken for a WebSocket")
                continue
            }
        }
    }

    private static let bad: [(name: String, value: String?, status: HTTPResponseStatus)] = [
        ("Sec-WebSocket-Version", "12", .upgradeRequired), ("Sec-WebSocket-Version", nil, .upgradeRequired),
        ("Sec-WebSocket-Key", nil, .badRequest), ("Sec-WebSocket-Key", "c2hvcnQ=", .badRequest),
        ("Sec-WebSocket-Key", "not base64", .badRequest), ("Connection", "keep-alive", .badRequest),
        ("Host", nil, .badRequest), ("Content-Length", "5", .badRequest), ("Transfer-Encoding", "chunked", .badRequest),
        ("Origin", "https://evil.example", .forbidden), ("Origin", "null", .forbidden),
    ]

    @Test(arguments: bad)
    func aBadOneIsRefused(name: String, value: String?, expected: HTTPResponseStatus) {
        #expect(status(handshake(changing: name, to: value)) == expected)
    }

    @Test(arguments: [
        "https://example.com", "http://example.com", "https://app.example.com", "HTTPS://APP.example.com",
    ])
    func pagesOfTheServerItselfAndOfTheListMayCome(origin: String) {
        #expect(status(handshake(changing: "Origin", to: origin)) == nil)
    }

    private func reason(_ head: HTTPRequestHead) -> UpgradeRefusal.Reason? {
        let source = TrustedProxies([]).source(from: nil) { head.headers[$0] }
        guard case .refused(let refusal) = Handshake(head, origins: OriginPolicy(allowed: []), source: source) else {
            return nil
        }
        return refusal.reason
    }

    @Test func whatAProxyLeavesOutIsTold() {
        var head = HTTPRequestHead(version: .http1_0, method: .GET, uri: "/ws/a", headers: HTTPHeaders(Self.good))
        #expect(reason(head) == .httpVersion)
        head.version = .http1_1
        #expect(reason(head) == nil)
        head.headers.replaceOrAdd(name: "connection", value: "close")
        #expect(reason(head) == .connection)
        for refusal in [UpgradeRefusal.httpVersion, .connection, .notUpgraded] {
            #expect(refusal.detail.contains("proxy_set_header Upgrade $http_upgrade;"))
        }
    }

    @Test func aPOSTIsNoHandshake() {
        #expect(status(handshake(method: .POST)) == .badRequest)
    }
}
