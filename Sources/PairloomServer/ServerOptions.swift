/// What holds for as long as the server runs; see ``LiveSettings`` for the rest.
package struct ServerOptions: Sendable {
    package let host: String
    /// 0 asks the system for a free one.
    package let port: Int
    /// A folder with the scripts of the documentation pages, for machines without internet.
    package let docsAssets: String?
    /// A folder with CodeMirror 5, for the page with the editor; nil to have browsers load it from the internet.
    package let editorAssets: String?

    /// How many connections there may be at once, whatever the configuration says.
    package let capacity: ConnectionCapacity

    package init(
        host: String = "127.0.0.1", port: Int = 8000, docsAssets: String? = nil, editorAssets: String? = nil,
        capacity: ConnectionCapacity = .unbounded
    ) {
        self.host = host
        self.port = port
        self.docsAssets = docsAssets
        self.editorAssets = editorAssets
        self.capacity = capacity
    }
}

/// Bounds for what comes from outside.
package struct ServerLimits: Sendable {
    /// Bytes of UTF-8 in a room's text.
    package let document: Int
    /// Bytes in a WebSocket message or a request's body.
    package let message: Int
    /// Members of a room at the same time.
    package let membersPerRoom: Int
    /// WebSocket connections at the same time.
    package let connections: Int
    /// Messages a second from one connection, on average; twice as many at once.
    package let messagesPerSecond: Int
    /// Rooms a minute, from all clients together; 0 for no bound.
    package let roomsPerMinute: Int
    /// Bytes that wait for one slow client before it is sent less.
    package let sendBuffer: Int
    /// How long a WebSocket connection may be silent.
    package let idleTimeout: Duration
    /// How long a client may take to send a request, or keep a connection without one.
    package let requestTimeout: Duration

    package init(
        document: Int = 1 << 20, message: Int = 2 << 20, membersPerRoom: Int = 100, connections: Int = 10_000,
        messagesPerSecond: Int = 200, roomsPerMinute: Int = 600, sendBuffer: Int = 1 << 20,
        idleTimeout: Duration = .seconds(120), requestTimeout: Duration = .seconds(30)
    ) {
        self.document = document
        self.message = message
        self.membersPerRoom = membersPerRoom
        self.connections = connections
        self.messagesPerSecond = messagesPerSecond
        self.roomsPerMinute = roomsPerMinute
        self.sendBuffer = sendBuffer
        self.idleTimeout = idleTimeout
        self.requestTimeout = requestTimeout
    }
}
