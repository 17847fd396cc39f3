import CLibCurl
import Foundation

/// A request on its way, and as much as has come back. Used by one thread, one call after another.
final class Transfer {
    /// For ``CurlMulti`` alone.
    let handle: UnsafeMutableRawPointer
    /// What it is made for at the moment.
    private(set) var call: PendingCall?

    private var body = Data()
    private var headerBytes = 0
    private var isTooLong = false
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// Libcurl writes into it for as long as the handle is there.
    private let reason: UnsafeMutablePointer<CChar>

    /// Decompressed, so that a small body cannot become a large one.
    private static let longestBody = 1 << 20
    private static let longestHeader = 64 << 10

    /// Nil when libcurl cannot do what is needed.
    init?(_ service: GeminiService) {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
        reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        for line in ["Content-Type: application/json", "x-goog-api-key: \(service.key.text)", "Expect:"] {
            headers = curl_slist_append(headers, line)
        }
        var options = EasyOptions(handle)
        options.set(service)
        options.set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(headers))
        options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(reason))
        let target = Unmanaged.passUnretained(self).toOpaque()
        options.set(CURLOPT_PRIVATE, target)
        options.set(CURLOPT_WRITEDATA, target)
        options.set(CURLOPT_HEADERDATA, target)
        options.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, target in
            Transfer.of(target: target)?.takeBody(bytes, size * count) ?? 0
        }
        options.set(CURLOPT_HEADERFUNCTION) { _, size, count, target in
            Transfer.of(target: target)?.takeHeader(size * count) ?? 0
        }
        guard options.areAllTaken else { return nil }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
        reason.deallocate()
    }

    /// Sets the transfer up for a call; says whether there was the memory for it.
    func prepare(for call: PendingCall) -> Bool {
        self.call = call
        reason[0] = 0
        var options = EasyOptions(handle)
        options.setBody(call.body)
        return options.areAllTaken
    }

    /// Forgets the call and what came back.
    func release() -> PendingCall? {
        (body, headerBytes, isTooLong) = (Data(), 0, false)
        return call.take()
    }

    /// What has come of it, when libcurl is done.
    func outcome(of result: CURLcode) -> PendingCall.Outcome {
        if isTooLong { return .failure(.tooLong) }
        if let failure = failure(result) { return .failure(failure) }
        let retryAfter = curl_easy_get_offset(handle, CURLINFO_RETRY_AFTER)
        return .success(
            HTTPReply(
                status: curl_easy_get_long(handle, CURLINFO_RESPONSE_CODE), body: body,
                retryAfter: retryAfter > 0 ? .seconds(min(retryAfter, 86_400)) : nil))
    }

    private func failure(_ result: CURLcode) -> TransferFailure? {
        let said = String(cString: reason)
        let reason = said.isEmpty ? String(cString: curl_easy_strerror(result)) : said
        switch result {
        case CURLE_OK: return nil
        case CURLE_OPERATION_TIMEDOUT: return .timedOut
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
            return .unreachable(reason)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_ISSUER_ERROR:
            return .untrusted(reason)
        default: return .broken(reason)
        }
    }

    private func takeBody(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> Int {
        guard let bytes, body.count + count <= Self.longestBody else {
            isTooLong = true
            return 0
        }
        body.append(UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: count)
        return count
    }

    private func takeHeader(_ count: Int) -> Int {
        headerBytes += count
        guard headerBytes <= Self.longestHeader else {
            isTooLong = true
            return 0
        }
        return count
    }

    /// The transfer of a handle of libcurl's.
    static func of(_ handle: UnsafeMutableRawPointer?) -> Transfer? {
        of(target: curl_easy_get_pointer(handle, CURLINFO_PRIVATE))
    }

    /// Not retained: libcurl knows a transfer only while ``TransferLoop`` holds it.
    private static func of(target: UnsafeMutableRawPointer?) -> Transfer? {
        target.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
