import Foundation
import NIOCore

/// An origin of web pages (RFC 6454), normalized so that two spellings of one origin are equal.
///
/// Schemes and hosts are in lower case, internationalized names in Punycode, IPv6 addresses in their shortest form, and
/// the default port of the scheme is left out.
struct WebOrigin: Hashable, Sendable {
    let scheme: String
    let authority: Authority

    /// Parses an origin as browsers write it, `https://app.example.com:8443`; a slash behind it is ignored.
    ///
    /// - Returns: nil for text without a scheme and a host, such as `null`.
    init?(_ text: some StringProtocol) {
        guard let mark = text.firstRange(of: "://"), Self.isScheme(text[..<mark.lowerBound]) else { return nil }
        let rest = text[mark.upperBound...]
        guard let authority = Authority(rest.hasSuffix("/") ? rest.dropLast() : rest) else { return nil }
        scheme = text[..<mark.lowerBound].lowercased()
        self.authority = authority.withoutDefaultPort(of: scheme)
    }

    /// RFC 3986, section 3.1.
    private static func isScheme(_ text: some StringProtocol) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    }

    /// Whether a page of this origin came from the server that a request names.
    ///
    /// - Parameter scheme: the scheme of the request where it is known; without it, both may be meant.
    func isOrigin(of host: Authority, scheme requestScheme: String?) -> Bool {
        if let requestScheme, requestScheme != scheme { return false }
        return authority == host.withoutDefaultPort(of: scheme)
    }

    /// Whether the page is of this machine: `localhost`, `127.0.0.1` or `[::1]`, over HTTP or HTTPS, on any port.
    var isLocal: Bool {
        ["http", "https"].contains(scheme) && ["localhost", "127.0.0.1", "[::1]"].contains(authority.host)
    }
}

extension WebOrigin: CustomStringConvertible {
    var description: String { "\(scheme)://\(authority)" }
}

/// A host, and perhaps a port, as `Host` has them (RFC 9110, section 7.2), normalized as in ``WebOrigin``.
struct Authority: Hashable, Sendable {
    /// An IPv6 address is in brackets.
    let host: String
    let port: Int?

    /// - Returns: nil for text that is no host with an optional port.
    init?(_ text: some StringProtocol) {
        let (name, digits) = Self.parts(of: text)
        guard let host = Self.normalized(name) else { return nil }
        self.host = host
        guard let digits, !digits.isEmpty else {
            port = nil
            return
        }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(digits), number > 0 else {
            return nil
        }
        port = Int(number)
    }

    private init(host: String, port: Int?) {
        self.host = host
        self.port = port
    }

    func withoutDefaultPort(of scheme: String) -> Authority {
        port != nil && port == Self.defaultPorts[scheme] ? Authority(host: host, port: nil) : self
    }

    private static let defaultPorts = ["http": 80, "ws": 80, "https": 443, "wss": 443]

    /// The text before the colon of the port, and the text after it; the colons of an IPv6 address are in brackets.
    private static func parts(of text: some StringProtocol) -> (name: Substring, port: Substring?) {
        let text = Substring(text)
        guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") else { return (text, nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }

    private static func normalized(_ name: Substring) -> String? {
        if name.hasPrefix("["), name.hasSuffix("]") {
            let address = try? SocketAddress(ipAddress: String(name.dropFirst().dropLast()), port: 0)
            guard case .v6? = address else { return nil }
            return address?.ipAddress.map { "[\($0)]" }
        }
        // Whatever ends a host in a URL would have the rest taken for another part of it.
        guard name.utf8.count <= 1_024, !name.contains(where: { "/?#@:%\\".contains($0) }) else { return nil }
        let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
        let ascii = isASCII ? name.lowercased() : URLComponents(string: "http://\(name)")?.encodedHost?.lowercased()
        // As long as a name may be (RFC 1035, section 2.3.4).
        guard let ascii, (1...255).contains(ascii.utf8.count), ascii.utf8.allSatisfy(isHostByte) else { return nil }
        return ascii
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-._~".utf8.contains(byte)
        }
    }
}

extension Authority: CustomStringConvertible {
    var description: String { port.map { "\(host):\($0)" } ?? host }
}
