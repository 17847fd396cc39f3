import CollabText
import TestSupport

/// A text field on a page that speaks the seed dialect: it shows whatever it was sent last, and sends the whole of what
/// it shows whenever somebody types.
actor ConvergenceTextarea {
    /// The text that its user sees.
    private(set) var screen: String
    /// What came while a text was on its way out: a page would be shown it afterwards.
    private var late: String?
    private var isSending = false
    private let socket: WebSocketClient

    private init(_ socket: WebSocketClient, screen: String) {
        self.socket = socket
        self.screen = screen
    }

    /// Joins a room.
    static func join(_ room: String, of server: ServerProcess) async throws -> ConvergenceTextarea {
        let (socket, first) = try await WebSocketClient.join(room, of: server)
        return ConvergenceTextarea(socket, screen: first["code"]?.string ?? "")
    }

    /// Lets the user type.
    func type(_ edit: ConvergenceEdit) async throws {
        let text = TextBuffer(screen)
        screen = try text.applying(edit.change(of: text)).description
        isSending = true
        try await socket.type(screen)
        isSending = false
        screen = late ?? screen
        late = nil
    }

    /// Shows what arrives, until ``stopReading()`` is called.
    nonisolated func read() async throws {
        while true {
            switch try await socket.event() {
            case .message(let message): try await show(message)
            case .pong: return
            case .closed(let code): throw Failure("the server closed with \(code ?? 0)")
            }
        }
    }

    /// Ends ``read()`` once everything is shown that was sent up to now.
    nonisolated func stopReading() async throws {
        try await socket.send(.ping("enough"))
    }

    /// Shows what was sent up to now. Nobody else must be reading.
    nonisolated func catchUp() async throws {
        for message in try await socket.messagesUntilNow() { try await show(message) }
    }

    nonisolated func close() async throws {
        try await socket.close()
    }

    private func show(_ message: JSON) throws {
        guard message["type"] == "code_update", let code = message["code"]?.string else {
            throw Failure("\(message) instead of a text")
        }
        if isSending { late = code } else { screen = code }
    }
}
