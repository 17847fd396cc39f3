import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// A file as it is sent to browsers, which ask each time whether the one that they have is still the right one.
struct StaticFile: Sendable {
    private let contents: ByteBuffer
    private let compressed: ByteBuffer?
    private let tag: String
    private let mediaType: String

    /// - Parameter name: its ending tells the media type.
    init(name: String, contents: [UInt8]) {
        self.contents = ByteBuffer(bytes: contents)
        compressed = Gzip.compressed(contents).map(ByteBuffer.init(bytes:))
        // A weak one, since the file is sent in two encodings.
        tag = "W/\"\(SHA256.hash(data: contents).prefix(12).map(Self.hexadecimal).joined())\""
        mediaType = Self.mediaType(of: name)
    }

    func response(to request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: mediaType, .cacheControl: "no-cache", .eTag: tag, .vary: "Accept-Encoding",
            .xContentTypeOptions: "nosniff",
        ]
        if request.headers[.ifNoneMatch]?.split(separator: ", ").contains(tag[...]) == true {
            return Response(status: .notModified, headers: headers)
        }
        if let compressed, Self.takesGzip(request.headers[.acceptEncoding]) {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: compressed))
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: contents))
    }

    /// Whether `Accept-Encoding` (RFC 9110, section 12.5.3) names gzip, and does not rule it out.
    static func takesGzip(_ accepted: String?) -> Bool {
        (accepted ?? "").lowercased().split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
            return parts.first == "gzip"
                && !parts.dropFirst().contains { $0.hasPrefix("q=0") && Double($0.dropFirst(2)) == 0 }
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }

    private static func mediaType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
