import NIOCore
import TestSupport

/// What a server answered to one request.
struct HTTPResponse: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: String

    /// The value of a header, whatever the case of its name.
    subscript(header: String) -> String? {
        headers.first { $0.name.lowercased() == header.lowercased() }?.value
    }

    /// The body as JSON.
    func json() throws -> JSON { try JSON(parsing: body) }

    /// Takes a whole response from the input; nil as long as it has not all arrived.
    static func parse(_ input: inout ByteBuffer) throws -> HTTPResponse? {
        let start = input.readerIndex
        guard let (status, headers) = try parseHead(&input) else { return nil }
        let head = HTTPResponse(status: status, headers: headers, body: "")
        guard head["Transfer-Encoding"] == nil else { throw Failure("chunked responses are not understood here") }
        let length = status == 101 ? 0 : head["Content-Length"].flatMap { Int($0) } ?? 0
        guard let body = input.readString(length: length) else {
            input.moveReaderIndex(to: start)
            return nil
        }
        return HTTPResponse(status: status, headers: headers, body: body)
    }

    private static func parseHead(_ input: inout ByteBuffer) throws -> (Int, [(String, String)])? {
        let end: [UInt8] = [13, 10, 13, 10]
        guard let range = input.readableBytesView.firstRange(of: end) else { return nil }
        let length = range.upperBound - input.readerIndex
        guard let head = input.readString(length: length) else { return nil }
        let lines = head.split(separator: "\r\n")
        guard let status = head.firstMatch(of: #/^HTTP\/1\.1 (\d\d\d) /#), let code = Int(status.1) else {
            throw Failure("not an HTTP response: \(head)")
        }
        let headers = lines.dropFirst().map { line in
            let name = line.prefix { $0 != ":" }
            return (String(name), line.dropFirst(name.count + 1).trimmingPrefix(" ").description)
        }
        return (code, headers)
    }
}
