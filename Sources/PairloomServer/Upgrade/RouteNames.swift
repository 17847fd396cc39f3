import Hummingbird
import NIOHTTP1

/// The first segments of the server's own paths, and how a request's target leads to them.
struct RouteNames: Sendable {
    private let segments: Set<Substring>

    init(_ routes: [Route]) {
        segments = Set(routes.compactMap { $0.path.description.split(separator: "/").first })
    }

    /// Brings a request to the form that the routes expect: a path of the server's own, and the host in `Host`.
    ///
    /// An absolute target (RFC 9112, section 3.2.2) gives way to its path, and its host takes the place of `Host`. The path
    /// of a public URL is taken off, for proxies that leave it on; unless it begins as one of the server's own paths does,
    /// since nobody could tell then whether a proxy has taken it off.
    ///
    /// - Returns: the head, and where to send a client that asked for the path of a public URL without a slash behind it,
    ///   from which relative URLs lead elsewhere.
    func resolve(_ head: HTTPRequestHead, publicURLs: [PublicURL]) -> (head: HTTPRequestHead, redirect: String?) {
        var head = head
        Self.resolveAbsoluteTarget(of: &head)
        let end = head.uri.firstIndex(of: "?") ?? head.uri.endIndex
        let (path, query) = (head.uri[..<end], head.uri[end...])
        let rests = publicURLs.compactMap { url in
            url.path.split(separator: "/").first.map(segments.contains) == false ? url.rest(of: path) : nil
        }
        guard let rest = rests.min(by: { $0.utf8.count < $1.utf8.count }) else { return (head, nil) }
        if rest.isEmpty { return (head, "\(path)/\(query)") }
        head.uri = String(rest + query)
        return (head, nil)
    }

    private static func resolveAbsoluteTarget(of head: inout HTTPRequestHead) {
        guard !head.uri.hasPrefix("/"), let mark = head.uri.firstRange(of: "://"),
            ["http", "https", "ws", "wss"].contains(head.uri[..<mark.lowerBound].lowercased())
        else { return }
        let rest = head.uri[mark.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        guard Authority(rest[..<end]) != nil else { return }
        // A request that names two hosts is refused as it stands.
        if head.headers["host"].count < 2 { head.headers.replaceOrAdd(name: "host", value: String(rest[..<end])) }
        let target = rest[end...]
        head.uri = target.hasPrefix("/") ? String(target) : "/\(target)"
    }
}
