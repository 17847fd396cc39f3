package import NIOCore

/// Why a request failed, in one sentence.
package struct ErrorBody: JSONBody, Hashable {
    package let detail: String

    package init(detail: String) {
        self.detail = detail
    }

    package func write(into buffer: inout ByteBuffer) {
        buffer.writeJSON(["detail": .string(detail)])
    }
}
