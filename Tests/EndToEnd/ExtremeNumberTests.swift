import Foundation
import TestSupport
import Testing

@Suite("Extreme numbers: in every field, dialect, route and policy, and the server goes on")
struct ExtremeNumberTests {
    /// Numbers that no message may carry.
    private static let outOfRange = [
        "-0", "-1", "9007199254740992", "9223372036854775806", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "-9223372036854775808", String(repeating: "9", count: 400),
        "5.0", "1.5", "1e2", "1e-5", "1e308", "1e400", "-1e400", "true", #""7""#, "[]", "{}",
    ]
    /// Numbers that a message may carry, and hardly any of which can be true.
    private static let inRange = [
        "0", "1", "2", "3", "2147483648", "4294967296", "9007199254740990", "9007199254740991",
    ]

    private static let policies = ["last-write-wins", "merge", "version-checked"]

    /// Messages with `#` where a number goes, and `@` where an id does.
    private static let edits = [
        #"{"type":"code_update","id":"@","revision":#,"code":"x"}"#,
        #"{"type":"code_update","id":"@","revision":#,"code":"other @"}"#,
        #"{"type":"edit","id":"@","revision":#,"changes":[]}"#,
        #"{"type":"edit","id":"@","revision":#,"changes":[{"from":0,"to":0,"insert":"y"}]}"#,
        #"{"type":"edit","id":"@","revision":0,"changes":[{"from":#,"to":#,"insert":"y"}]}"#,
        #"{"type":"edit","id":"@","revision":0,"changes":[{"from":0,"to":#}]}"#,
        #"{"type":"edit","id":"@","revision":0,"changes":[{"from":0,"to":1},{"from":#,"to":9007199254740991}]}"#,
    ]
    private static let others = [
        #"{"type":"code_update","revision":#,"code":"x"}"#,
        #"{"type":"code_update","revision":#,"code":"again @"}"#,
        #"{"type":"presence","cursor":{"anchor":#,"head":0}}"#,
        #"{"type":"presence","cursor":{"anchor":0,"head":#},"revision":0}"#,
        #"{"type":"presence","cursor":{"anchor":0,"head":0},"revision":#}"#,
        #"{"type":"complete","id":"q@","position":#}"#,
        #"{"type":"complete","id":"q@","position":#,"revision":0}"#,
        #"{"type":"complete","id":"q@","position":0,"revision":#}"#,
    ]

    private static func filled(_ template: String, _ number: String, _ id: String) -> Frame {
        .text(template.replacing("#", with: number).replacing("@", with: id))
    }

    // MARK: WebSockets

    @Test("An edit with a number out of range is rejected as invalid", arguments: policies)
    func rejectsEdits(policy: String) async throws {
        try await withServer(["conflict.policy": policy]) { server in
            for template in Self.edits {
                for past in [[], ["xy", "x"]] {
                    let client = try await ChangeClient.join(try await room(past, on: server), of: server)
                    let numbers = Self.outOfRange + Self.inRange + ["-1"]
                    for (index, number) in numbers.enumerated() {
                        try await client.socket.send(Self.filled(template, number, "\(index)"))
                    }
                    var reasons: [String: JSON] = [:]
                    let last = "\(numbers.count - 1)"
                    while reasons[last] == nil {
                        let answer = try await client.next()
                        guard answer["type"] == "rejected", let id = answer["id"]?.string else { continue }
                        reasons[id] = answer["reason"]
                    }
                    for (index, number) in Self.outOfRange.enumerated() {
                        #expect(reasons["\(index)"] == "invalid", "\(number) in \(template)")
                    }
                }
            }
        }
    }

    @Test("Any other message with a number out of range gets invalid_message", arguments: policies)
    func refusesMessages(policy: String) async throws {
        try await withServer(["conflict.policy": policy]) { server in
            for past in [[], ["xy", "x"]] {
                let id = try await room(past, on: server)
                for template in Self.others {
                    let client = try await ChangeClient.join(id, of: server).socket
                    try await refusesAll(template, client)
                }
                for template in Self.edits + Self.others where template.contains("code_update") {
                    try await refusesAll(template, try await WebSocketClient.join(id, of: server).0)
                }
            }
        }
    }

    private func refusesAll(_ template: String, _ client: WebSocketClient) async throws {
        for (index, number) in (Self.outOfRange + Self.inRange).enumerated() {
            try await client.send(Self.filled(template, number, "\(index)"))
        }
        let errors = try await client.messagesUntilNow().filter { $0["type"] == "error" }
        #expect(errors.count >= Self.outOfRange.count, "\(template)")
        #expect(errors.allSatisfy { ($0["error"] ?? $0["code"]) == "invalid_message" }, "\(template): \(errors)")
    }

    @Test("Whoever comes back with any revision is welcome")
    func welcomesAnyRevision() async throws {
        try await withServer(["conflict.policy": "merge"]) { server in
            let id = try await room(["xy", "x"], on: server)
            let session = try await ChangeClient.join(id, of: server).session
            for number in Self.outOfRange + Self.inRange where !number.contains("\"") {
                for session in [session, String(repeating: "0", count: 26), "x"] {
                    let path = "\(id)?session=\(session)&revision=\(number)"
                    let socket = try await WebSocketClient.connect(
                        to: server, room: path, headers: ["Sec-WebSocket-Protocol": "pairloom.v1"])
                    let greeting = try await socket.message()
                    #expect(["welcome", "resumed"].contains(greeting["type"]), "\(path): \(greeting)")
                    #expect(greeting["revision"] == 2)
                }
            }
        }
    }

    @Test("Frames of any length are refused or awaited")
    func takesFramesOfAnyLength() async throws {
        try await withServer { server in
            let id = try await server.createRoom()
            for length in [0xFFFF, 0x10000, 1 << 31, 1 << 32, UInt64(Int64.max), 1 << 63, .max] as [UInt64] {
                for opcode in [Frame.Opcode.text, Frame.Opcode.continuation, Frame.Opcode.ping] {
                    let (client, _) = try await WebSocketClient.join(id, of: server)
                    var frame = Frame(opcode: opcode, payload: [1, 2, 3])
                    frame.claimedLength = length
                    try await client.send(frame)
                    try? await client.connection.finishSending()
                    _ = try await client.connection.receiveUntilEnd()
                }
            }
        }
    }

    // MARK: HTTP

    @Test("Over REST it is 422, but for a cursor, which is clamped", arguments: policies)
    func answersRequests(policy: String) async throws {
        try await withServer(["conflict.policy": policy]) { server in
            let id = try await room(["xy", "x"], on: server)
            for number in Self.outOfRange + Self.inRange {
                let isWhole = !["1.5", "1e-5", "[]", "{}"].contains(number)
                let cursor = #"{"code":"a😀b","cursorPosition":\#(number),"language":"python"}"#
                let suggestion = try await server.http("POST", "/autocomplete", cursor)
                #expect(suggestion.status == (isWhole ? 200 : 422), "\(number)")

                // By the rules of pydantic, these stand for numbers.
                let isInRange = Self.inRange.contains(number) || ["-0", "5.0", "1e2", "true", #""7""#].contains(number)
                for (body, isPosition) in [
                    (#"{"code":"by \#(number.count)","revision":#}"#, false),
                    (#"{"changes":[{"from":0,"to":0,"insert":"z"}],"revision":#}"#, false),
                    (#"{"changes":[{"from":#,"to":#,"insert":"z"}],"revision":0}"#, true),
                    (#"{"changes":[{"from":0,"to":#}]}"#, true),
                ] {
                    let body = body.replacing("#", with: number)
                    let answer = try await server.http("PATCH", "/rooms/\(id)", body)
                    if isInRange {
                        #expect([200, 409].contains(answer.status) || isPosition && answer.status == 422, "\(body)")
                    } else {
                        #expect(answer.status == 422, "\(body) → \(answer.body)")
                    }
                }
                for tag in ["\"\(number)\"", "W/\"\(number)\""] where !number.contains("\"") {
                    let answer = try await server.http(
                        "PATCH", "/rooms/\(id)", #"{"code":"tagged"}"#, headers: ["If-Match": tag])
                    let statuses = Self.inRange.contains(number) ? [200, 409] : [400]
                    #expect(statuses.contains(answer.status), "\(tag) → \(answer.body)")
                }
                let made = try await server.http("POST", "/rooms", #"{"language":\#(number)}"#)
                #expect(made.status == (number.contains("\"") ? 200 : 422))
            }
        }
    }

    @Test("A body of any announced length is refused or awaited")
    func takesBodiesOfAnyLength() async throws {
        try await withServer { server in
            for length in Self.outOfRange + Self.inRange {
                for path in ["/rooms", "/autocomplete", "/ws/room"] {
                    let connection = try await server.connect()
                    let host = "Host: 127.0.0.1:\(server.port)"
                    let head = "POST \(path) HTTP/1.1\r\n\(host)\r\nContent-Length: \(length)\r\n\r\n"
                    try? await connection.send(head + "{}")
                    try? await connection.finishSending()
                    _ = try await connection.receiveUntilEnd()
                }
            }
        }
    }

    // MARK: Settings

    @Test("A server with every setting at the end of its range serves")
    func servesAtTheEndsOfSettings() async throws {
        let settings = [
            "autocomplete.timeout": "300s", "autocomplete.cache": "100000",
            "autocomplete.requests_per_minute": "100000", "autocomplete.in_flight": "10000",
            "limits.document": "256MiB", "limits.message": "1GiB", "limits.members_per_room": "100000",
            "limits.connections": "1000000", "limits.messages_per_second": "1000000",
            "limits.rooms_per_minute": "1000000", "limits.send_buffer": "1GiB", "limits.idle_timeout": "24h",
            "limits.request_timeout": "1h", "rooms.idle_timeout": "720h", "rooms.history": "1000000",
            "rooms.max_open": "10000000", "rooms.max_bytes": "1024GiB", "journal.backlog": "1024GiB",
            "journal.snapshot_every": "1000000", "journal.keep_changes": "1000000000",
            "journal.commit_interval": "10s", "journal.drain_timeout": "1h",
        ]
        try await withServer(settings) { server in
            let id = try await server.createRoom(code: "def ")
            let ada = try await ChangeClient.join(id, of: server)
            try await ada.edit("1", on: 0, at: 4, "f")
            #expect(try await ada.next("ack")["revision"] == 1)
            #expect(try await ada.next("saved")["revision"] == 1)
            try await ada.send(["type": "complete", "id": "q", "position": 5])
            #expect(try await ada.next("completion")["id"] == "q")
            #expect(try await server.http("PATCH", "/rooms/\(id)", #"{"code":"x"}"#).status == 200)
        }
    }

    @Test(
        "A setting past the end of its range is refused with its place",
        arguments: [
            "limits.document: 1025MiB", "limits.message: 9223372036854775807",
            "limits.send_buffer: 9007199254740993GiB",
            "limits.members_per_room: 9223372036854775807", "limits.connections: 9223372036854775808",
            "limits.messages_per_second: -1", "limits.idle_timeout: 9223372036854775807ms",
            "limits.request_timeout: 9223372036854775807h", "rooms.history: 9223372036854775807",
            "rooms.idle_timeout: 99999999999999999999s", "rooms.max_bytes: 9223372036854775807GiB",
            "journal.snapshot_every: 0", "journal.keep_changes: 9223372036854775807",
            "journal.commit_interval: 9223372036854775807s", "server.port: 65536", "server.port: 9223372036854775807",
        ])
    func refusesSettings(setting: String) async throws {
        let folder = try TemporaryFolder()
        let key = String(setting.prefix { $0 != ":" })
        let value = String(setting.dropFirst(key.count + 2))
        let config = try folder.write(Settings.sqlite.with([key: value]).yaml, to: "config.yaml")
        let command = try await Command.pairloom("check-config", "--config", config.path)
        #expect(command.exit == .status(78))
        #expect(command.errors.contains("\(key): found `\(value)`"), "\(command.errors)")
    }

    /// A new room that has seen some texts.
    private func room(_ past: [String], on server: ServerProcess) async throws -> String {
        let id = try await server.createRoom(code: "x")
        for (revision, text) in past.enumerated() {
            let answer = try await server.http("PATCH", "/rooms/\(id)", #"{"code":"\#(text)","revision":\#(revision)}"#)
            #expect(answer.status == 200)
        }
        return id
    }
}
