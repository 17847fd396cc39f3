/// What an address to listen on must look like; whether there is such a host, only the system can tell.
package enum HostRule {
    /// What is wrong with an address, and what would do; nil when it may be one.
    package static func problem(of host: String) -> (found: String, help: String)? {
        if host.allSatisfy(\.isWhitespace) {
            return ("the value is empty", "write an address, as in 127.0.0.1")
        }
        // An IPv6 address has two colons or more.
        if host.count(where: { $0 == ":" }) == 1 || host.contains("]:") {
            return ("an address has no port", "write the address alone, as in 127.0.0.1, and the port as `port`")
        }
        if host.contains(where: { $0.isWhitespace || "/?#@,[]".contains($0) }) {
            return ("this is no address", "write a name or an address alone, as in localhost, 127.0.0.1 or ::1")
        }
        return nil
    }

    /// Whether only programs of the same machine reach a server that listens on an address, as far as its text tells.
    static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
