/// Which web pages may use the server from a browser. Programs that are no browsers send no origin, and may.
package struct OriginPolicy: Sendable {
    /// Origins as browsers write them (`https://app.example.com`), or `*` for all.
    package let allowed: [String]

    package init(allowed: [String]) {
        self.allowed = allowed.map { $0.lowercased() }
    }

    /// Whether a WebSocket may be opened from a page.
    ///
    /// A page that the server itself served may, besides those of the list (RFC 6455, section 10.2).
    ///
    /// - Parameters:
    ///   - origin: the request's `Origin`.
    ///   - host: the request's `Host`.
    func admits(origin: String?, host: String?) -> Bool {
        guard let origin = origin?.lowercased() else { return true }
        if lists(origin) { return true }
        guard let host = host?.lowercased(), let scheme = origin.firstRange(of: "://") else { return false }
        return origin[scheme.upperBound...] == host
    }

    /// Whether the list names an origin, in lower case, or all.
    func lists(_ origin: String) -> Bool {
        allowed.contains("*") || allowed.contains(origin)
    }
}
