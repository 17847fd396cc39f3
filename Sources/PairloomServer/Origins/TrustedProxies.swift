import Foundation
import NIOCore

/// A client of the server and the address that it used, as `Host` and the connection tell them, or trusted proxies do.
struct RequestSource: Sendable {
    /// The client; nil when the connection has no IP address.
    let client: IPAddress?
    /// The host that the client asked; nil when the request names none.
    let host: Authority?
    /// `http` or `https` as the client used it; nil when no trusted proxy tells.
    let scheme: String?
    /// The proxy whose `X-Forwarded-Host` was ignored since it is not trusted, and the host that it names.
    let ignored: (proxy: IPAddress, host: String)?
}

/// The proxies whose `X-Forwarded-For`, `X-Forwarded-Host` and `X-Forwarded-Proto` count, from `server.trusted_proxies`.
struct TrustedProxies: Sendable {
    private let ranges: [AddressRange]

    /// - Parameter ranges: addresses and networks, `127.0.0.1` or `10.0.0.0/8`; others are ignored.
    init(_ ranges: [String]) {
        self.ranges = ranges.compactMap(AddressRange.init)
    }

    private func contains(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// Finds out where a request came from.
    ///
    /// `X-Forwarded-For` is read from its end, over the proxies that are trusted: the first address that is not is the
    /// client. Of the other headers, the value counts that the outermost trusted proxy wrote. What cannot be read is
    /// ignored.
    ///
    /// - Parameters:
    ///   - peer: the other end of the connection.
    ///   - values: all values of a header by its name in lower case, in their order.
    func source(from peer: IPAddress?, _ values: (String) -> [String]) -> RequestSource {
        let host = values("host").first.flatMap { Authority($0) }
        guard let peer, contains(peer) else {
            let named = Self.list(values("x-forwarded-host")).last
            return RequestSource(
                client: peer, host: host, scheme: nil,
                ignored: peer.flatMap { peer in named.map { (peer, String($0)) } })
        }
        var (client, count) = (peer, 1)
        for entry in Self.list(values("x-forwarded-for")).reversed() {
            guard let address = IPAddress(forwarded: entry) else { break }
            client = address
            guard contains(address) else { break }
            count += 1
        }
        func outermost(_ name: String) -> Substring? {
            let list = Self.list(values(name))
            return list.isEmpty ? nil : list[max(0, list.count - count)]
        }
        return RequestSource(
            client: client, host: outermost("x-forwarded-host").flatMap { Authority($0) } ?? host,
            scheme: outermost("x-forwarded-proto").flatMap { Self.schemes[$0.lowercased()] }, ignored: nil)
    }

    /// Some proxies tell the scheme of a WebSocket.
    private static let schemes = ["http": "http", "https": "https", "ws": "http", "wss": "https"]

    /// The items of a header's lists, whose lines are one list (RFC 9110, section 5.3).
    private static func list(_ values: [String]) -> [Substring] {
        values.flatMap { $0.split(separator: ",") }
            .map { item in
                let start = item.drop { $0 == " " || $0 == "\t" }
                return start.lastIndex { $0 != " " && $0 != "\t" }.map { start[...$0] } ?? ""
            }
            .filter { !$0.isEmpty }
    }
}

/// An address, or all addresses that begin with the same bits (CIDR notation, RFC 4632).
struct AddressRange: Sendable {
    private let first: IPAddress
    private let prefixLength: Int

    /// - Returns: nil for text that is neither `127.0.0.1` nor `10.0.0.0/8`.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress($0) }) else { return nil }
        first = address
        guard parts.count == 2 else {
            prefixLength = address.bitCount
            return
        }
        // The prefix of an IPv4-mapped address counts its first 96 bits, which are the same for all of them.
        let mapped = parts[0].contains(":") && address.bitCount == 32 ? 96 : 0
        guard parts[1].utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), let length = Int(parts[1]),
            (mapped...mapped + address.bitCount).contains(length)
        else { return nil }
        prefixLength = length - mapped
    }

    func contains(_ address: IPAddress) -> Bool {
        address.bitCount == first.bitCount && address.sharedPrefixLength(with: first) >= prefixLength
    }
}

/// An IP address. An IPv4 address that is mapped into IPv6 (`::ffff:127.0.0.1`) is the IPv4 address.
struct IPAddress: Hashable, Sendable {
    private let bytes: [UInt8]
    private let text: String

    init?(_ text: some StringProtocol) {
        var bytes = [UInt8](repeating: 0, count: 16)
        let text = String(text)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(bytes: bytes.prefix(4))
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(bytes: bytes.starts(with: Self.mappedPrefix) ? bytes.suffix(4) : bytes[...])
        } else {
            return nil
        }
    }

    /// - Returns: nil for an address that is not of IP.
    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.init(text)
    }

    /// Parses an entry of `X-Forwarded-For`, which may have a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
    init?(forwarded entry: Substring) {
        let entry = entry.filter { $0 != "\"" }
        if entry.hasPrefix("[") {
            self.init(entry.dropFirst().prefix { $0 != "]" })
        } else if entry.count(where: { $0 == ":" }) == 1 {
            self.init(entry.prefix { $0 != ":" })
        } else {
            self.init(entry)
        }
    }

    private init?(bytes: ArraySlice<UInt8>) {
        let address = try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0)
        guard let text = address?.ipAddress else { return nil }
        self.bytes = Array(bytes)
        self.text = text
    }

    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    var bitCount: Int { bytes.count * 8 }

    /// Whether only programs of this machine reach the address.
    var isLoopback: Bool { bytes.count == 4 ? bytes[0] == 127 : text == "::1" }

    fileprivate func sharedPrefixLength(with other: IPAddress) -> Int {
        guard let index = zip(bytes, other.bytes).enumerated().first(where: { $0.element.0 != $0.element.1 }) else {
            return min(bitCount, other.bitCount)
        }
        return index.offset * 8 + (index.element.0 ^ index.element.1).leadingZeroBitCount
    }
}

extension IPAddress: CustomStringConvertible {
    var description: String { text }
}
