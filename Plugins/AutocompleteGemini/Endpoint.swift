import CLibCurl
import ProviderKit

/// The address that requests go to, taken apart as libcurl does it.
struct Endpoint: Sendable {
    /// The whole address.
    let url: String
    let isEncrypted: Bool
    /// Whether it is on this machine: nothing there goes through a proxy.
    let isLoopback: Bool

    /// - Throws: what is wrong with the base, without repeating what could be a password.
    init(base: String, model: String) throws(ProviderStartError) {
        if let problem = Self.problem(of: base) {
            throw ProviderStartError("autocomplete.gemini.base_url \(problem.found); \(problem.help)")
        }
        let parts = Self.parts(of: base)
        isEncrypted = parts?.scheme == "https"
        isLoopback = parts.map { Self.isLoopback($0.host) } ?? false
        var root = base[...]
        while root.last == "/" { root.removeLast() }
        // The documentation writes the address with the version of the interface, and with what the path goes on with.
        for suffix in ["/v1beta/models", "/v1beta"] where root.hasSuffix(suffix) {
            root.removeLast(suffix.count)
            break
        }
        while root.last == "/" { root.removeLast() }
        url = "\(root)/v1beta/models/\(Self.percentEncoded(model)):generateContent"
    }

    /// What is wrong with a base, and what would do, without repeating what could be a password; nil when requests can go
    /// there.
    static func problem(of base: String) -> (found: String, help: String)? {
        guard let parts = parts(of: base) else { return ("is not a URL", "write https://HOST") }
        guard !parts.hasUser else {
            let help = "write https://HOST, and the key in autocomplete.gemini.api_key"
            return ("has a user or a password in it", help)
        }
        guard !base.contains("?"), !base.contains("#") else {
            return ("has a ? or a # in it", "write https://HOST, with a path if need be")
        }
        guard parts.scheme == "https" || isLoopback(parts.host) else {
            return ("is plain http, so that the key could be read on its way", "write https")
        }
        return nil
    }

    /// Whether a host is `localhost` or an address of this machine alone: 127.0.0.0/8, or ::1.
    private static func isLoopback(_ host: String) -> Bool {
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return ["localhost", "localhost.", "[::1]"].contains(host)
            || bytes.count == 4 && bytes[0] == 127 && !bytes.contains(nil)
    }

    private typealias Parts = (scheme: String, host: String, hasUser: Bool)

    /// Nil for text that is no URL of HTTP.
    private static func parts(of base: String) -> Parts? {
        let url = curl_url()
        defer { curl_url_cleanup(url) }
        guard !base.utf8.contains(0), curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK,
            let scheme = part(CURLUPART_SCHEME, of: url), ["http", "https"].contains(scheme),
            let host = part(CURLUPART_HOST, of: url)?.lowercased()
        else { return nil }
        return (scheme, host, [CURLUPART_USER, CURLUPART_PASSWORD].contains { part($0, of: url) != nil })
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer?) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// What RFC 3986 calls unreserved stays as it is.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            if character.isASCII, character.isLetter || character.isNumber || "-._~".contains(character) {
                return String(character)
            }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
