package import ProviderKit

/// How much the server takes from its clients.
package struct LimitSettings: Sendable, Hashable {
    /// The largest text of a room, in bytes of UTF-8.
    package var document: Int
    /// The largest message or request body, in bytes; never below `document`.
    package var message: Int
    package var membersPerRoom: Int
    /// WebSocket connections of the whole server.
    package var connections: Int
    /// Messages of one connection; short bursts may go above it.
    package var messagesPerSecond: Int
    /// Rooms made by all clients together; 0 means no limit.
    package var roomsPerMinute: Int
    /// How many bytes may wait for one slow client before it gets the newest text only.
    package var sendBuffer: Int
    /// A silent connection is closed after it; it is pinged after 20 s, or half of it if that is less.
    package var idleTimeout: Duration
    /// How long a request may take to arrive and to be answered.
    package var requestTimeout: Duration

    package init(
        document: Int = Options.document.defaultValue, message: Int = Options.message.defaultValue,
        membersPerRoom: Int = Options.membersPerRoom.defaultValue,
        connections: Int = Options.connections.defaultValue,
        messagesPerSecond: Int = Options.messagesPerSecond.defaultValue,
        roomsPerMinute: Int = Options.roomsPerMinute.defaultValue, sendBuffer: Int = Options.sendBuffer.defaultValue,
        idleTimeout: Duration = Options.idleTimeout.defaultValue,
        requestTimeout: Duration = Options.requestTimeout.defaultValue
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

    init(_ values: OptionValues) {
        self.init(
            document: min(values[Options.document], Self.largestDocument), message: values[Options.message],
            membersPerRoom: values[Options.membersPerRoom], connections: values[Options.connections],
            messagesPerSecond: values[Options.messagesPerSecond], roomsPerMinute: values[Options.roomsPerMinute],
            sendBuffer: values[Options.sendBuffer], idleTimeout: values[Options.idleTimeout],
            requestTimeout: values[Options.requestTimeout])
    }
}

extension LimitSettings {
    /// The largest text that the server can serve, in bytes of UTF-8: in JSON a byte takes six at the worst, and all of it
    /// goes into one message.
    static let largestDocument = 256 << 20

    /// The keys of the section `limits`.
    package enum Options {
        private static let bytes = 1_024...1_073_741_824

        package static let document = Option(
            "document", .size(bytes), default: 1_048_576, help: "The largest text of a room, at most 256MiB.",
            check: { size in
                guard size > LimitSettings.largestDocument else { return [] }
                let largest = Units.text(ofSize: LimitSettings.largestDocument)
                return [.warning("no text can be longer than \(largest)", help: "\(largest) counts instead")]
            })
        package static let message = Option(
            "message", .size(bytes), default: 2_097_152,
            help: "The largest message or request body. It must not be below `document`.")
        package static let membersPerRoom = Option(
            "members_per_room", .integer(1...100_000), default: 100, help: "How many may be in one room at once.")
        package static let connections = Option(
            "connections", .integer(1...1_000_000), default: 10_000,
            help: "How many WebSocket connections there may be at once.")
        package static let messagesPerSecond = Option(
            "messages_per_second", .integer(1...1_000_000), default: 200,
            help: "How many messages a connection may send each second. Short bursts may go above it.")
        package static let roomsPerMinute = Option(
            "rooms_per_minute", .integer(0...1_000_000), default: 600,
            help: "How many rooms may be made each minute, by all clients together. 0 means no limit.")
        package static let sendBuffer = Option(
            "send_buffer", .size(bytes), default: 1_048_576,
            help: "How much may wait for one slow client before it is given the newest text only.")
        package static let idleTimeout = Option(
            "idle_timeout", .duration(.milliseconds(100) ... .seconds(86_400)), default: .seconds(120),
            help: "When a silent connection is closed. It is pinged after 20s, or half of that time if that is less.")
        package static let requestTimeout = Option(
            "request_timeout", .duration(.milliseconds(100) ... .seconds(3_600)), default: .seconds(30),
            help: "How long a request may take.")
    }

    static let section = ConfigurationSection(
        name: "limits", help: "How much the server takes from its clients.",
        options: [
            Options.document.declaration, Options.message.declaration, Options.membersPerRoom.declaration,
            Options.connections.declaration, Options.messagesPerSecond.declaration,
            Options.roomsPerMinute.declaration, Options.sendBuffer.declaration, Options.idleTimeout.declaration,
            Options.requestTimeout.declaration,
        ])
}
