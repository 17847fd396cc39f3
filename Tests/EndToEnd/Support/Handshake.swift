/// The opening handshake, with the key of RFC 6455's own example.
enum Handshake {
    static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    /// What the server must make of the key.
    static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    /// A client's request.
    ///
    /// - Parameters:
    ///   - headers: what to add or to say instead; an empty value leaves a header out.
    static func request(_ path: String, port: Int, adding headers: [String: String] = [:]) -> String {
        let usual = [
            "Host": "127.0.0.1:\(port)", "Connection": "Upgrade", "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key,
        ]
        let lines = usual.merging(headers) { $1 }.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }
        return "GET \(path) HTTP/1.1\r\n" + lines.joined() + "\r\n"
    }
}
