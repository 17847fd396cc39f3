import Foundation

/// The form of a URL under which browsers reach the server.
enum PublicURLRule {
    /// What is wrong with a URL, and what would do; nil for an absolute URL of HTTP with nothing behind its path.
    static func problem(of text: String) -> (found: String, help: String)? {
        guard let url = URLComponents(string: text), let host = url.encodedHost, isHost(host.lowercased()),
            ["http", "https"].contains(url.scheme?.lowercased()), url.user == nil, url.password == nil
        else { return ("this is no URL", "write the whole URL, as in https://example.com or https://example.com/pair") }
        if let port = url.port, !(1...65_535).contains(port) {
            return ("the port is no number from 1 to 65535", "write the URL as in https://example.com:8443")
        }
        guard url.query == nil, url.fragment == nil else {
            return ("the URL goes on behind its path", "write it without a query, as in https://example.com/pair")
        }
        let path = text[(text.firstRange(of: "://")?.upperBound ?? text.startIndex)...].drop { $0 != "/" }
        guard path.utf8.allSatisfy(isPathByte) else {
            return ("the path has characters that a URL does not have", "write them percent-encoded")
        }
        return nil
    }

    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") { return ProxyAddressRule.isAddress(host.dropFirst().dropLast()) }
        return (1...255).contains(host.utf8.count)
            && host.utf8.allSatisfy { isLetterOrDigit($0) || "-._~".utf8.contains($0) }
    }

    /// RFC 3986, section 3.3.
    private static func isPathByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "/%-._~!$&()*+;=:@".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

/// The form of a trusted proxy's address.
enum ProxyAddressRule {
    /// What is wrong with an address or a network, and what would do.
    static func problem(of text: String) -> (found: String, help: String)? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let example = "write an address or a network, as in 127.0.0.1, ::1 or 10.0.0.0/8"
        guard let address = parts.first, isAddress(address) else { return ("this is no IP address", example) }
        guard parts.count == 2 else { return nil }
        let lengths = lengths(of: address)
        guard parts[1].allSatisfy(\.isWholeNumber), let length = UInt8(parts[1]), lengths.contains(Int(length)) else {
            return ("the network's length is no number from \(lengths.lowerBound) to \(lengths.upperBound)", example)
        }
        return nil
    }

    /// The lengths that a network of an address may have. All IPv4 addresses that are mapped into IPv6 share 96 bits.
    private static func lengths(of address: Substring) -> ClosedRange<Int> {
        guard address.contains(":") else { return 0...32 }
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, String(address), &bytes) == 1 else { return 0...128 }
        let isMapped = withUnsafeBytes(of: bytes) { bytes in
            bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 0xFF }
        }
        return isMapped ? 96...128 : 0...128
    }

    fileprivate static func isAddress(_ text: Substring) -> Bool {
        var (v4, v6) = (in_addr(), in6_addr())
        return inet_pton(AF_INET, String(text), &v4) == 1 || inet_pton(AF_INET6, String(text), &v6) == 1
    }
}
