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
        let parts = try Self.parts(of: base)
        isEncrypted = parts.scheme == "https"
        isLoopback = ["127.0.0.1", "localhost", "[::1]"].contains(parts.host)
        guard isEncrypted || isLoopback else {
            throw ProviderStartError(
                "autocomplete.gemini.base_url is plain http, so that the key could be read on its way to "
                    + "\(parts.host); write https")
        }
        var root = base[...]
        while root.last == "/" { root.removeLast() }
        url = "\(root)/v1beta/models/\(Self.percentEncoded(model)):generateContent"
    }

    private typealias Parts = (scheme: String, host: String)

    private static func parts(of base: String) throws(ProviderStartError) -> Parts {
        let url = curl_url()
        defer { curl_url_cleanup(url) }
        guard !base.utf8.contains(0), curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK,
            let scheme = part(CURLUPART_SCHEME, of: url), ["http", "https"].contains(scheme),
            let host = part(CURLUPART_HOST, of: url)?.lowercased()
        else { throw ProviderStartError("autocomplete.gemini.base_url is not a URL; write https://HOST") }
        guard [CURLUPART_USER, CURLUPART_PASSWORD].allSatisfy({ part($0, of: url) == nil }) else {
            throw ProviderStartError(
                "autocomplete.gemini.base_url has a user or a password in it; write https://HOST, and the key in "
                    + "autocomplete.gemini.api_key")
        }
        guard !base.contains("?"), !base.contains("#") else {
            throw ProviderStartError(
                "autocomplete.gemini.base_url has a ? or a # in it; write https://HOST, with a path if need be")
        }
        return (scheme, host)
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
