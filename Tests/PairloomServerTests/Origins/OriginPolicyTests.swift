import Testing

@testable import PairloomServer

@Suite("Pages that may use the server")
struct OriginPolicyTests {
    private func source(_ host: String? = "127.0.0.1:8000", scheme: String? = nil) -> RequestSource {
        RequestSource(client: nil, host: host.flatMap { Authority($0) }, scheme: scheme, ignored: nil)
    }

    @Test(
        "are those of this machine while nobody else reaches it",
        arguments: [
            "http://localhost:3000", "http://localhost", "https://localhost:5173", "http://127.0.0.1:8080",
            "https://[::1]",
            "HTTP://LOCALHOST:3000", "http://[0::1]:3000",
        ])
    func localPages(_ origin: String) {
        let loopback = OriginPolicy(allowed: ["auto"], isLoopback: true)
        #expect(loopback.lists(origin) && loopback.admits(origin: origin, of: source()))
        #expect(!OriginPolicy(allowed: ["auto"], isLoopback: false).lists(origin))
        #expect(!OriginPolicy(allowed: [], isLoopback: true).lists(origin))
        #expect(!OriginPolicy(allowed: ["https://app.example"], isLoopback: true).lists(origin))
        #expect(OriginPolicy(allowed: ["https://app.example", "auto"], isLoopback: true).lists(origin))
    }

    @Test(
        "are no others by default",
        arguments: [
            "http://localhost.evil.example", "http://evil.example:3000", "http://127.0.0.1.evil.example", "null",
            "file://",
            "http://127.0.0.2:3000", "ftp://localhost", "capacitor://localhost", "http://192.168.1.2:3000", "",
            "localhost",
            "http://[::2]", "http://user@localhost", "http://localhost:3000, http://evil.example",
        ])
    func otherPages(_ origin: String) {
        let loopback = OriginPolicy(allowed: ["auto"], isLoopback: true)
        #expect(!loopback.lists(origin) && !loopback.admits(origin: origin, of: source()))
    }

    @Test(
        "An address that only this machine reaches is a loopback address",
        arguments: [
            ("127.0.0.1", true), ("127.8.9.1", true), ("localhost", true), ("LOCALHOST", true), ("::1", true),
            ("0:0:0:0:0:0:0:1", true), ("::ffff:127.0.0.1", true), ("0.0.0.0", false), ("::", false),
            ("192.0.2.1", false),
        ])
    func loopback(_ host: String, _ isLoopback: Bool) {
        #expect(OriginPolicy.isLoopback(host) == isLoopback)
    }

    @Test("are those that are listed, whatever their scheme")
    func listedPages() {
        let policy = OriginPolicy(allowed: ["http://bücher.example:80", "vscode-webview://X1", "https://[0::1]:8443"])
        for origin in ["http://xn--bcher-kva.example", "vscode-webview://x1", "https://[::1]:8443"] {
            #expect(policy.lists(origin))
        }
        #expect(!policy.lists("https://xn--bcher-kva.example") && !policy.lists("null"))
    }

    @Test("without an origin need `null` or `*`", arguments: ["null", "file://"])
    func originless(_ origin: String) {
        #expect(OriginPolicy(allowed: ["null"]).lists(origin) && OriginPolicy(allowed: ["*"]).lists(origin))
        #expect(!OriginPolicy(allowed: ["file://", "https://a"]).lists(origin))
    }

    @Test("are the server's own, by the host that was asked or by a public URL")
    func ownPages() {
        let policy = OriginPolicy(allowed: [], publicURLs: ["http://pair.example:8080/x", "https://bücher.example"])
        for origin in [
            "http://pair.example:8080", "https://xn--bcher-kva.example", "http://here.example", "https://here.example",
        ] {
            #expect(policy.admits(origin: origin, of: source("here.example")))
        }
        #expect(!policy.admits(origin: "http://pair.example", of: source("here.example")))
        #expect(!policy.admits(origin: "http://here.example", of: source("here.example", scheme: "https")))
        #expect(!policy.admits(origin: "http://here.example", of: source(nil)))
        #expect(policy.admits(origin: nil, of: source(nil)))
    }

    @Test("What would let a page in is told, with the whole address where it is known")
    func remedies() {
        let port = OriginRefusal(origin: "http://pair.example:8080", source: source("pair.example"))
        #expect(
            port.detail.contains("`public_url: \"http://pair.example:8080\"`") && port.detail.contains("$http_host"))
        let path = OriginRefusal(
            origin: "http://pair.example:8080", source: source("pair.example"), page: "http://pair.example:8080/x/")
        #expect(path.detail.contains("`public_url: \"http://pair.example:8080/x\"`"))
        let other = OriginRefusal(origin: "https://App.example", source: source())
        #expect(other.detail.contains("add `\"https://app.example\"` to `allowed_origins`"))
        let webview = OriginRefusal(origin: "app://x", source: source())
        #expect(webview.detail.contains("app://x") && !webview.detail.contains("public_url"))
        let none = OriginRefusal(origin: "null", source: source(nil))
        #expect(none.detail.contains("add `\"null\"` to `allowed_origins`"))
        for origin in ["null\nforged", "http://localhost:99999", "http://a http://b"] {
            let invalid = OriginRefusal(origin: origin, source: source(nil))
            #expect(!invalid.detail.contains("null") && !invalid.detail.contains("forged"))
        }
    }
}
