/// What an entry of `server.allowed_origins` must look like.
enum OriginRule {
    /// What is wrong with an entry, and what would do; nil for an origin, for `null`, for `auto`, and for `*`.
    ///
    /// An origin is a scheme, a host and perhaps a port (RFC 6454). Any scheme will do, since the web views of editors and
    /// of apps have their own: `vscode-webview://…`, `tauri://localhost`, `app://.`.
    static func problem(of text: String) -> (found: String, help: String)? {
        if ["*", "null", "auto"].contains(text) { return nil }
        guard let mark = text.firstRange(of: "://") else { return ("the scheme is missing", form) }
        let (scheme, rest) = (text[..<mark.lowerBound], text[mark.upperBound...])
        guard isScheme(scheme) else { return noOrigin }
        if scheme.lowercased() == "file" {
            return (
                "pages from files have no origin of their own", "write \"null\" to allow them, or \"*\" to allow all"
            )
        }
        if rest.hasSuffix("/"), isAuthority(rest.dropLast()) {
            return ("an origin has no slash at its end", "remove the slash")
        }
        guard !rest.contains(where: { "/?#".contains($0) }) else {
            return (
                "an origin has no path", "write only the scheme, the host and the port, if there is one: \(example)"
            )
        }
        let (host, port) = parts(of: rest)
        guard !host.contains("*") else {
            return ("a star stands for every origin, not for a part of one", "list each origin, or write \"*\" alone")
        }
        guard isHost(host) else { return noOrigin }
        guard let port else { return nil }
        guard let number = UInt16(port), number > 0, String(number) == port else {
            return ("the port is no number from 1 to 65535", "write the origin as in https://app.example.com:8443")
        }
        return nil
    }

    private static let example = "https://app.example.com"
    private static let form = "write a scheme and a host, as in \(example), or \"*\""
    private static let noOrigin = (found: "this is no origin", help: form)

    private static func isAuthority(_ text: Substring) -> Bool {
        let (host, port) = parts(of: text)
        return isHost(host) && port.map { UInt16($0) != nil } ?? true
    }

    /// What stands before the last colon and behind it; the colons of an IPv6 address stand in brackets.
    private static func parts(of rest: Substring) -> (host: Substring, port: Substring?) {
        guard let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") else { return (rest, nil) }
        return (rest[..<colon], rest[rest.index(after: colon)...])
    }

    private static func isScheme(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    }

    private static func isHost(_ text: Substring) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") { return text.count > 2 }
        return !text.isEmpty && !text.contains { $0.isWhitespace || "/?#@*,:[]\"'".contains($0) }
    }
}
