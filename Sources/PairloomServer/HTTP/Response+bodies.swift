import HTTPTypes
import Hummingbird
import NIOCore
import Wire

extension Response {
    /// An answer in JSON.
    init(json body: any JSONBody, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        var buffer = ByteBuffer()
        body.write(into: &buffer)
        self.init(buffer, type: "application/json", status: status, headers: headers)
    }

    /// An answer in text of a media type.
    init(text: String, type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        self.init(ByteBuffer(string: text), type: type, status: status, headers: headers)
    }

    private init(_ buffer: ByteBuffer, type: String, status: HTTPResponse.Status, headers: HTTPFields) {
        var headers = headers
        headers[.contentType] = type
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
    }
}
