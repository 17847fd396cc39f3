/// What an origin must look like: a browser's header `Origin` is compared with it letter by letter.
enum OriginRule {
    /// What is wrong with an origin, and what would do; nil when a browser could send it, for `*` and for `auto`.
    static func problem(of text: String) -> (found: String, help: String)? {
        if text == "*" || text == "auto" { return nil }
        guard let mark = text.firstRange(of: "://"), text == text.lowercased() else { return noOrigin }
        let scheme = text[..<mark.lowerBound]
        let (host, port) = parts(of: text[mark.upperBound...])
        guard isScheme(scheme), isHost(host) else { return noOrigin }
        guard let port else { return nil }
        guard let number = UInt16(port), number > 0, String(number) == port else {
            return ("the port is no number from 1 to 65535", "write the origin as in https://app.example.com:8443")
        }
        guard number != defaultPorts[String(scheme)] else {
            return ("browsers leave out the port \(number) of \(scheme)", "write the origin without its port")
        }
        return nil
    }

    private static let defaultPorts: [String: UInt16] = ["http": 80, "https": 443]

    private static let noOrigin = (
        found: "this is no origin",
        help: "write a scheme and a host in lower case without a path, as in https://app.example.com, or \"*\""
    )

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
        return !text.isEmpty && !text.contains { $0.isWhitespace || "/?#@*,:[]".contains($0) }
    }
}
