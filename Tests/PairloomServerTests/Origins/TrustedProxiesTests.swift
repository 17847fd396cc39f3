import Testing

@testable import PairloomServer

@Suite("What proxies tell of a request")
struct TrustedProxiesTests {
    private func source(
        _ trusted: [String], from peer: String?, _ headers: [(String, String)]
    ) -> RequestSource {
        TrustedProxies(trusted).source(from: peer.flatMap { IPAddress($0) }) { name in
            headers.filter { $0.0.lowercased() == name }.map(\.1)
        }
    }

    private let told = [
        ("Host", "inner:8000"), ("X-Forwarded-Host", "pair.example:8443"), ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-For", "192.0.2.7"),
    ]

    @Test("counts when the proxy is trusted", arguments: ["127.0.0.1", "::ffff:127.0.0.1", "127.0.0.9"])
    func trusted(_ peer: String) {
        let source = source(["127.0.0.0/8"], from: peer, told)
        #expect(source.client?.description == "192.0.2.7")
        #expect(source.host?.description == "pair.example:8443")
        #expect(source.scheme == "https" && source.ignored == nil)
    }

    @Test(
        "does not count otherwise, not even from this machine",
        arguments: [
            ([], "127.0.0.1"), (["10.0.0.0/8"], "127.0.0.1"), (["127.0.0.1"], "127.0.0.2"), (["::1"], "127.0.0.1"),
        ])
    func untrusted(_ trusted: [String], _ peer: String) {
        let source = source(trusted, from: peer, told)
        #expect(source.client?.description == peer)
        #expect(source.host?.description == "inner:8000" && source.scheme == nil)
        #expect(source.ignored?.proxy.description == peer && source.ignored?.host == "pair.example:8443")
    }

    @Test(
        "tells the first address behind the trusted ones",
        arguments: [
            (["203.0.113.9, 192.0.2.7"], "192.0.2.7"), (["203.0.113.9", "192.0.2.7, 10.1.2.3"], "192.0.2.7"),
            (["192.0.2.7 ,10.1.2.3,\t10.9.9.9"], "192.0.2.7"), (["10.1.2.3"], "10.1.2.3"),
            (["192.0.2.7:4711"], "192.0.2.7"), (["[2001:db8::7]:4711"], "2001:db8::7"),
            (["2001:DB8::7"], "2001:db8::7"),
            (["\"[2001:db8::7]\""], "2001:db8::7"), (["::ffff:192.0.2.7"], "192.0.2.7"),
            (["192.0.2.7, unknown"], "127.0.0.1"), (["192.0.2.7, unknown, 10.1.2.3"], "10.1.2.3"),
            (["_hidden"], "127.0.0.1"),
            ([""], "127.0.0.1"), ([], "127.0.0.1"), ([",,,"], "127.0.0.1"), (["999.1.1.1"], "127.0.0.1"),
        ])
    func clients(_ values: [String], _ client: String) {
        let source = source(["127.0.0.1", "10.0.0.0/8"], from: "127.0.0.1", values.map { ("X-Forwarded-For", $0) })
        #expect(source.client?.description == client)
    }

    @Test("is what the outermost trusted proxy wrote, if each adds its own")
    func chains() {
        let hosts = ("X-Forwarded-Host", "forged.example, pair.example, inner.example")
        let schemes = ("X-Forwarded-Proto", "gopher, https, http")
        let one = source(["127.0.0.1"], from: "127.0.0.1", [hosts, schemes, ("X-Forwarded-For", "192.0.2.7")])
        #expect(one.host?.description == "inner.example" && one.scheme == "http")
        let two = source(
            ["127.0.0.1", "10.0.0.0/8"], from: "127.0.0.1",
            [hosts, schemes, ("X-Forwarded-For", "192.0.2.7, 10.0.0.1")])
        #expect(two.host?.description == "pair.example" && two.scheme == "https")
        let single = source(
            ["127.0.0.1", "10.0.0.0/8"], from: "127.0.0.1",
            [("X-Forwarded-Proto", "WSS"), ("X-Forwarded-For", "192.0.2.7, 10.0.0.1")])
        #expect(single.scheme == "https")
    }

    @Test("is ignored where it cannot be read", arguments: ["a b", "http://a", "a/b", "a:b", "\u{e9}\u{2028}", "[::1"])
    func garbage(_ host: String) {
        let source = source(["127.0.0.1"], from: "127.0.0.1", [("Host", "inner"), ("X-Forwarded-Host", host)])
        #expect(source.host?.description == "inner")
    }

    @Test("comes from nobody on a connection without an address")
    func noPeer() {
        #expect(source(["0.0.0.0/0", "::/0"], from: nil, told).host?.description == "inner:8000")
    }

    @Test(
        "Networks are counted in bits",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("192.0.2.128/25", "192.0.2.127", false),
            ("192.0.2.128/25", "192.0.2.200", true), ("0.0.0.0/0", "203.0.113.1", true), ("0.0.0.0/0", "::1", false),
            ("::/0", "127.0.0.1", false), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe80::1", false),
            ("::ffff:10.0.0.0/104", "10.1.1.1", true), ("::ffff:10.0.0.0/104", "11.1.1.1", false), ("::1", "::1", true),
            ("::1", "::2", false),
        ])
    func networks(_ range: String, _ address: String, _ isIn: Bool) throws {
        let range = try #require(AddressRange(range))
        let address = try #require(IPAddress(address))
        #expect(range.contains(address) == isIn)
    }

    @Test(
        "Networks have a length that their address has",
        arguments: ["10.0.0.0/33", "::/129", "a/8", "10.0.0.0/", "/8", "::ffff:10.0.0.0/8"])
    func noNetworks(_ text: String) {
        #expect(AddressRange(text) == nil)
    }
}
