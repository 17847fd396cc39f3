import NIOCore

/// The web pages that may use the server from a browser, and the addresses that the server is known by.
///
/// Programs that are no browsers send no origin, and may use it.
package struct OriginPolicy: Sendable {
    /// The word in `server.allowed_origins` for pages of localhost, while the server listens on a loopback address.
    package static let automaticWord = "auto"

    /// Whether every page may use the server.
    let isOpen: Bool
    let publicURLs: [PublicURL]
    let proxies: TrustedProxies
    private let admitsLocalPages: Bool
    /// As they are written, for those that are no origin of a scheme and a host.
    private let texts: Set<String>
    private let origins: Set<WebOrigin>

    /// - Parameters:
    ///   - allowed: origins as browsers write them (`https://app.example.com`), `null` for pages that have none, `*` for
    ///     all, and `auto` for the pages of this machine.
    ///   - isLoopback: whether the server listens on a loopback address.
    ///   - publicURLs: the URLs of the server itself.
    ///   - trustedProxies: addresses and networks of proxies.
    package init(
        allowed: [String], isLoopback: Bool = false, publicURLs: [String] = [], trustedProxies: [String] = []
    ) {
        self.publicURLs = publicURLs.compactMap(PublicURL.init)
        proxies = TrustedProxies(trustedProxies)
        isOpen = allowed.contains("*")
        admitsLocalPages = isLoopback && allowed.contains(Self.automaticWord)
        texts = Set(allowed.map { $0.lowercased() })
        origins = Set(allowed.compactMap { WebOrigin($0) } + self.publicURLs.map(\.origin))
    }

    /// Whether a host to listen on is a loopback address, or a name of one.
    ///
    /// Looks names up, as listening does.
    package static func isLoopback(_ host: String) -> Bool {
        let address = try? SocketAddress.makeAddressResolvingHost(host, port: 0)
        return address.flatMap(IPAddress.init)?.isLoopback ?? (host.lowercased() == "localhost")
    }

    /// Whether a WebSocket may be opened from a page: one of the server's own (RFC 6455, section 10.2), or a listed one.
    ///
    /// - Parameter origin: the request's `Origin`.
    func admits(origin: String?, of request: RequestSource) -> Bool {
        guard let origin else { return true }
        if lists(origin) { return true }
        guard let host = request.host else { return false }
        return WebOrigin(origin)?.isOrigin(of: host, scheme: request.scheme) ?? false
    }

    /// Whether an origin may read the server's answers: it is allowed, or of one of the public URLs.
    func lists(_ origin: String) -> Bool {
        if isOpen { return true }
        let text = origin.lowercased()
        // A page from a file has the one origin over HTTP and the other for WebSockets, depending on the browser.
        if ["null", "file://"].contains(text) { return texts.contains("null") }
        if texts.contains(text) { return true }
        guard let origin = WebOrigin(origin) else { return false }
        return origins.contains(origin) || admitsLocalPages && origin.isLocal
    }

    /// Whether the answer to a page depends on its origin.
    var variesByOrigin: Bool {
        !isOpen && (admitsLocalPages || !origins.isEmpty || texts.contains { $0 != Self.automaticWord })
    }

    /// The path that stands before the server's own paths for a client; empty when there is none.
    ///
    /// With several public URLs, it is that of the one the client asked, else of the first.
    func publicPath(for request: RequestSource) -> String {
        let exact = publicURLs.first { url in
            request.host.map { url.origin.isOrigin(of: $0, scheme: request.scheme) } ?? false
        }
        let named = exact ?? publicURLs.first { $0.origin.authority.host == request.host?.host }
        return (named ?? publicURLs.first)?.path ?? ""
    }
}
