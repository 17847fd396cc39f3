import Hummingbird
import NIOHTTP1
import Testing

@testable import PairloomServer

@Suite("The targets of requests")
struct RouteNamesTests {
    private let routes = RouteNames(
        ["/", "/rooms/{id}", "/r/{id}", "/docs"].map { path in
            Route.get(.init(path)) { _, _ in throw HTTPFailure.notFound }
        })

    private func resolve(
        _ uri: String, _ urls: [String] = [], host: [String] = ["inner"]
    ) -> (uri: String, host: [String], redirect: String?) {
        let headers = HTTPHeaders(host.map { ("Host", $0) })
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: uri, headers: headers)
        let (resolved, redirect) = routes.resolve(head, publicURLs: urls.compactMap(PublicURL.init))
        return (resolved.uri, resolved.headers["host"], redirect)
    }

    @Test(
        "give way to their path and their host when they are absolute",
        arguments: [
            ("http://a.example:81/ws/x?y=1", "/ws/x?y=1", "a.example:81"),
            ("WS://a.example/ws/x", "/ws/x", "a.example"),
            ("https://a.example", "/", "a.example"), ("http://a.example?q", "/?q", "a.example"),
            ("/ws/http://a.example/", "/ws/http://a.example/", "inner"), ("*", "*", "inner"),
            ("ftp://a.example/x", "ftp://a.example/x", "inner"), ("http:///x", "http:///x", "inner"),
            ("http://a b/x", "http://a b/x", "inner"), ("http://u@a.example/x", "http://u@a.example/x", "inner"),
        ])
    func absolute(_ uri: String, _ path: String, _ host: String) {
        let resolved = resolve(uri)
        #expect(resolved.uri == path && resolved.host == [host] && resolved.redirect == nil)
    }

    @Test("keep two hosts, which are refused")
    func twoHosts() {
        #expect(resolve("http://a.example/ws/x", host: ["b", "c"]).host == ["b", "c"])
        #expect(resolve("http://a.example/ws/x", host: []).host == ["a.example"])
    }

    @Test(
        "lose the path of a public URL",
        arguments: [
            ("/pair/", "/"), ("/pair/r/x?y", "/r/x?y"), ("/pairs/r/x", "/pairs/r/x"), ("/r/pair/", "/r/pair/"),
            ("/", "/"),
            ("/pair/pair/", "/pair/"), ("/a/b/r/x", "/r/x"), ("/a/r/x", "/r/x"), ("http://h/pair/ws/x", "/ws/x"),
        ])
    func prefixes(_ uri: String, _ path: String) {
        let urls = ["https://e.example/pair/", "https://e.example", "https://e.example/a", "https://e.example/a/b"]
        #expect(resolve(uri, urls).uri == path)
    }

    @Test("keep it where it could be a path of the server's own")
    func ownPaths() {
        #expect(resolve("/docs/docs", ["https://e.example/docs"]).uri == "/docs/docs")
        #expect(resolve("/r/rooms/a", ["https://e.example/r/rooms"]).uri == "/r/rooms/a")
    }

    @Test("lead to the page when they are that path alone")
    func redirects() {
        #expect(resolve("/pair", ["https://e.example/pair"]).redirect == "/pair/")
        #expect(resolve("/pair?a=b", ["https://e.example/pair"]).redirect == "/pair/?a=b")
        #expect(resolve("/pair/", ["https://e.example/pair"]).redirect == nil)
    }
}
