/// An address under which browsers reach the server, from `server.public_url`: `https://example.com/pair`.
struct PublicURL: Hashable, Sendable {
    let origin: WebOrigin
    /// The path without a slash at the end; empty when the server is at the root.
    let path: String

    /// - Returns: nil for text that is no absolute URL of HTTP, or has a query or a fragment.
    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://"), !text.contains(where: { "?#".contains($0) }) else { return nil }
        let slash = text[mark.upperBound...].firstIndex(of: "/") ?? text.endIndex
        guard let origin = WebOrigin(text[..<slash]), ["http", "https"].contains(origin.scheme) else { return nil }
        self.origin = origin
        let segments = text[slash...].split(separator: "/")
        path = segments.map { "/\($0)" }.joined()
    }

    /// The part of a request's path below this URL's path; nil when the request is for something else.
    ///
    /// - Returns: an empty string for the path itself, without a slash behind it.
    func rest(of requestPath: Substring) -> Substring? {
        guard !path.isEmpty, requestPath.hasPrefix(path) else { return nil }
        let rest = requestPath.dropFirst(path.count)
        return rest.isEmpty || rest.hasPrefix("/") ? rest : nil
    }
}
