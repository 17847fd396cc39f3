/// Why a message was refused; the connection stays.
package struct MessageError: Error, Sendable, Hashable {
    package let code: MessageErrorCode
    /// One sentence for the author of the program that sent it.
    package let detail: String
    /// The id of the edit that was refused, when the message was one and its id could be read.
    package let editID: String?

    package init(_ code: MessageErrorCode, _ detail: String, editID: String? = nil) {
        self.code = code
        self.detail = detail
        self.editID = editID
    }
}
