import CLibCurl
import Foundation

/// Sets the options of a handle of libcurl's.
struct EasyOptions {
    /// Whether libcurl has taken every one of them.
    private(set) var areAllTaken = true
    private let handle: UnsafeMutableRawPointer

    init(_ handle: UnsafeMutableRawPointer) {
        self.handle = handle
    }

    mutating func set(_ option: CURLoption, _ number: Int) {
        note(curl_easy_set_long(handle, option, number))
    }

    mutating func set(_ option: CURLoption, _ text: String?) {
        note(curl_easy_set_string(handle, option, text))
    }

    mutating func set(_ option: CURLoption, _ pointer: UnsafeMutableRawPointer?) {
        note(curl_easy_set_pointer(handle, option, pointer))
    }

    mutating func set(_ option: CURLoption, _ callback: curl_write_callback) {
        note(curl_easy_set_callback(handle, option, callback))
    }

    /// What to send. Libcurl makes a copy.
    mutating func setBody(_ body: Data) {
        set(CURLOPT_POSTFIELDSIZE, body.count)
        body.withUnsafeBytes { bytes in
            set(CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
    }

    /// Where to send it, and how.
    mutating func set(_ service: GeminiService) {
        let endpoint = service.endpoint
        set(CURLOPT_URL, endpoint.url)
        set(CURLOPT_POST, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Whoever answers with a redirect would get the key.
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_USERAGENT, "pairloom")
        // Without HTTP/2 in libcurl, HTTP/1.1 does.
        _ = curl_easy_set_long(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        // Requests that come while the first connection is made may share it. Without TLS there is nothing to share.
        set(CURLOPT_PIPEWAIT, endpoint.isEncrypted ? 1 : 0)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(service.connectTimeout / .milliseconds(1)))
        set(CURLOPT_NOSIGNAL, 1)
        // A name server that does not answer must not hold the thread up when a call ends.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if endpoint.isLoopback { set(CURLOPT_NOPROXY, "*") }
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        if let caFile = service.caFile {
            set(CURLOPT_CAINFO, caFile)
            set(CURLOPT_CAPATH, String?.none)
        }
    }

    private mutating func note(_ code: CURLcode) {
        if code != CURLE_OK { areAllTaken = false }
    }
}
