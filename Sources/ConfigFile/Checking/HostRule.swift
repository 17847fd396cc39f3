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
}
