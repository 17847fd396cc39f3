import TestSupport

extension ServerProcess {
    /// A new connection to the server.
    func connect() async throws -> RawConnection {
        try await RawConnection.open(port: port)
    }

    /// Sends one request on a connection of its own.
    func http(
        _ method: String, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
    ) async throws -> HTTPResponse {
        let connection = try await connect()
        var request = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        if let body { request += "Content-Length: \(body.utf8.count)\r\n\r\n\(body)" } else { request += "\r\n" }
        try await connection.send(request)
        return try await connection.receive("the answer to \(method) \(path)", HTTPResponse.parse)
    }

    /// Creates a room and returns its id.
    func createRoom(code: String? = nil) async throws -> String {
        let body = code.map { JSON.object(["code": .string($0)]).text }
        let response = try await http("POST", "/rooms", body)
        guard response.status == 200, let id = try response.json()["roomId"]?.string else {
            throw Failure("no room: \(response)")
        }
        return id
    }

    /// The room as `GET /rooms/{id}` has it.
    func room(_ id: String) async throws -> JSON {
        let response = try await http("GET", "/rooms/\(id)")
        guard response.status == 200 else { throw Failure("no room: \(response)") }
        return try response.json()
    }
}
