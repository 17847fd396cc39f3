/// A client of the change dialect, as simple as can be: it sends what it is told to and keeps nothing.
struct ChangeClient: Sendable {
    let socket: WebSocketClient
    /// What the server said first.
    let greeting: JSON

    /// Joins a room.
    ///
    /// - Parameter session: the session and the revision of a connection that was lost.
    static func join(
        _ room: String, of server: ServerProcess, resuming session: (String, Int)? = nil
    ) async throws -> ChangeClient {
        let query = session.map { "?session=\($0)&revision=\($1)" } ?? ""
        let socket = try await WebSocketClient.connect(
            to: server, room: room + query, headers: ["Sec-WebSocket-Protocol": "pairloom.v1"])
        return ChangeClient(socket: socket, greeting: try await socket.message())
    }

    var id: JSON? { greeting["clientId"] }
    var session: String { greeting["session"]?.string ?? "" }

    /// Sends an edit in one place.
    func edit(_ id: String, on revision: Int, at from: Int, to: Int? = nil, _ insert: String) async throws {
        try await send([
            "type": "edit", "id": .string(id), "revision": .number(Double(revision)),
            "changes": [
                ["from": .number(Double(from)), "to": .number(Double(to ?? from)), "insert": .string(insert)]
            ],
        ])
    }

    func send(_ message: JSON) async throws {
        try await socket.send(message)
    }

    /// The next message that is neither about who is here nor about what is saved.
    func next() async throws -> JSON {
        while true {
            let message = try await socket.message()
            if message["type"] != "presence", message["type"] != "saved" { return message }
        }
    }

    /// The next message of a type; others are dropped.
    func next(_ type: JSON) async throws -> JSON {
        while true {
            let message = try await socket.message()
            if message["type"] == type { return message }
        }
    }
}
