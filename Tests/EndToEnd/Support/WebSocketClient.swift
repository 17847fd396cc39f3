import Synchronization
import TestSupport

/// A client in a room: it speaks the seed dialect and answers pings and closes, unless a test makes it do otherwise.
final class WebSocketClient: Sendable {
    /// What a client notices.
    enum Event: Hashable, Sendable {
        case message(JSON)
        case pong(String)
        case closed(Int?)
    }

    let connection: RawConnection
    private let hasClosed = Atomic(false)

    init(upgraded connection: RawConnection) {
        self.connection = connection
    }

    /// Joins a room, without waiting for what the server says first.
    static func connect(
        to server: ServerProcess, room: String, headers: [String: String] = [:]
    ) async throws -> WebSocketClient {
        let connection = try await server.connect()
        try await connection.send(Handshake.request("/ws/\(room)", port: server.port, adding: headers))
        let response = try await connection.receive("the answer to the handshake", HTTPResponse.parse)
        guard response.status == 101, response["Sec-WebSocket-Accept"] == Handshake.accept else {
            throw Failure("the handshake was refused: \(response)")
        }
        return WebSocketClient(upgraded: connection)
    }

    /// Joins a room and returns with the text that it has.
    static func join(_ room: String, of server: ServerProcess) async throws -> (WebSocketClient, JSON) {
        let client = try await connect(to: server, room: room)
        return (client, try await client.message())
    }

    /// Sends one frame.
    func send(_ frame: Frame) async throws {
        if frame.opcode == Frame.Opcode.close { hasClosed.store(true, ordering: .relaxed) }
        try await connection.send(frame.bytes)
    }

    /// Sends a message.
    func send(_ message: JSON) async throws {
        try await send(.text(message.text))
    }

    /// Sends the whole text, as an editor of the seed dialect does.
    func type(_ code: String) async throws {
        try await send(["type": "code_update", "code": .string(code)])
    }

    /// The next frame of the server's, whatever it is.
    func frame() async throws -> Frame {
        try await connection.receive("a frame", Frame.parse)
    }

    /// The next thing that happens, past the pings. Pings and the server's close are answered.
    func event() async throws -> Event {
        while true {
            let frame = try await frame()
            switch frame.opcode {
            case Frame.Opcode.text:
                return .message(try JSON(parsing: String(decoding: frame.payload, as: UTF8.self)))
            case Frame.Opcode.ping:
                // Nothing follows a close frame; and what is read late may come from a server that has ended meanwhile.
                guard !hasClosed.load(ordering: .relaxed) else { continue }
                try? await send(Frame(opcode: Frame.Opcode.pong, payload: frame.payload))
            case Frame.Opcode.pong:
                return .pong(String(decoding: frame.payload, as: UTF8.self))
            case Frame.Opcode.close:
                // The server may have ended the connection already: then nobody waits for the answer.
                if !hasClosed.load(ordering: .relaxed) { try? await send(.close(1000)) }
                return .closed(frame.payload.count < 2 ? nil : Int(frame.payload[0]) << 8 | Int(frame.payload[1]))
            default:
                throw Failure("an unexpected frame: \(frame)")
            }
        }
    }

    /// The next message; anything else that happens first is an error.
    func message() async throws -> JSON {
        let event = try await event()
        guard case .message(let message) = event else { throw Failure("\(event) instead of a message") }
        return message
    }

    /// The messages that the server had sent before it answered what was sent up to now.
    func messagesUntilNow() async throws -> [JSON] {
        try await send(.ping("until now"))
        var messages: [JSON] = []
        while true {
            switch try await event() {
            case .message(let message): messages.append(message)
            case .pong("until now"): return messages
            case let other: throw Failure("\(other) instead of a message or a pong")
            }
        }
    }

    /// The code with which the server closes; waits for the end of the connection too.
    func closeCode() async throws -> Int? {
        while true {
            guard case .closed(let code) = try await event() else { continue }
            _ = try await connection.receiveUntilEnd()
            return code
        }
    }

    /// Leaves in an orderly way, and waits for the server's answer.
    func close() async throws {
        try await send(.close(1000))
        _ = try await closeCode()
    }
}
