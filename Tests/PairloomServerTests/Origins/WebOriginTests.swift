import Testing

@testable import PairloomServer

@Suite("Origins and hosts, however they are written")
struct WebOriginTests {
    @Test(
        "are in one form",
        arguments: [
            ("https://app.example.com", "https://app.example.com"),
            ("HTTPS://APP.Example.com:443/", "https://app.example.com"),
            ("http://a:80", "http://a"), ("http://a:443", "http://a:443"), ("https://a:80", "https://a:80"),
            ("ws://a:80", "ws://a"), ("wss://a:443", "wss://a"), ("http://a:", "http://a"),
            ("http://bücher.example", "http://xn--bcher-kva.example"),
            ("http://BÜCHER.example:8080", "http://xn--bcher-kva.example:8080"),
            ("http://bu\u{308}cher.example", "http://xn--bcher-kva.example"),
            ("https://пример.рф", "https://xn--e1afmkfd.xn--p1ai"),
            ("http://日本語。jp", "http://xn--wgv71a119e.jp"), ("http://[::1]:8000", "http://[::1]:8000"),
            ("http://[0:0:0:0:0:0:0:1]:80", "http://[::1]"), ("https://[2001:DB8::A]", "https://[2001:db8::a]"),
            ("vscode-webview://1a2b", "vscode-webview://1a2b"), ("capacitor://localhost", "capacitor://localhost"),
        ])
    func isNormalized(_ text: String, _ normal: String) {
        #expect(WebOrigin(text)?.description == normal)
    }

    @Test(
        "are none without a scheme and a host",
        arguments: [
            "", "null", "*", "file://", "a.example", "://a", "http://", "http://a b", "http://a/b", "http://a?b",
            "http://a@b", "http://é@example.com", "http://é:x@example.com", "http://é%2fexample.com", "http://é\\a",
            "http://a:b", "http://a:0", "http://a:65536", "http://a:+1", "http://[::1", "http://::1", "http://[a]",
            "http://[127.0.0.1]", "ht tp://a", "h\u{2028}://a", "http://a\u{2028}", "http://*.example",
            "http://\(String(repeating: "a", count: 300))", "http://\(String(repeating: "ü", count: 2_000))",
        ])
    func isNone(_ text: String) {
        #expect(WebOrigin(text) == nil)
    }

    @Test(
        "belong to the host that a request names",
        arguments: [
            ("http://a.example", "a.example", nil, true), ("https://a.example", "A.EXAMPLE:443", nil, true),
            ("http://a.example", "a.example:80", nil, true), ("https://a.example", "a.example:80", nil, false),
            ("http://a.example:8080", "a.example", nil, false), ("http://a.example", "a.example:8080", nil, false),
            ("http://bücher.example:8080", "xn--bcher-kva.example:8080", nil, true),
            ("http://[::1]:81", "[0::1]:81", nil, true), ("http://a.example", "b.example", nil, false),
            ("https://a.example", "a.example", "https", true), ("http://a.example", "a.example", "https", false),
            ("app://a.example", "a.example", nil, true),
        ] as [(String, String, String?, Bool)])
    func isOwn(_ origin: String, _ host: String, _ scheme: String?, _ isOwn: Bool) throws {
        let host = try #require(Authority(host))
        #expect(WebOrigin(origin)?.isOrigin(of: host, scheme: scheme) == isOwn)
    }

    @Test(
        "A public URL has an origin and a path",
        arguments: [
            ("https://example.com", "https://example.com", ""), ("https://example.com/", "https://example.com", ""),
            ("HTTP://Example.com:80//pair/x/", "http://example.com", "/pair/x"),
        ])
    func publicURL(_ text: String, _ origin: String, _ path: String) throws {
        let url = try #require(PublicURL(text))
        #expect("\(url.origin)" == origin && url.path == path)
    }

    @Test("A public URL is one of HTTP", arguments: ["ws://a", "a", "http://", "http://a/b?c", "http://a#b", "//a/b"])
    func noPublicURL(_ text: String) {
        #expect(PublicURL(text) == nil)
    }
}
