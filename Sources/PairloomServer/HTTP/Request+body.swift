import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The whole body, whatever its media type; refused as soon as it is known to be over the limit, in bytes.
    func wholeBody(limit: Int) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap({ UInt64($0) }), length > limit {
            throw HTTPFailure.tooLarge("body", limit: limit)
        }
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw HTTPFailure.tooLarge("body", limit: limit)
        } catch {
            throw HTTPFailure(.badRequest, detail: "There was an error parsing the body")
        }
    }
}
