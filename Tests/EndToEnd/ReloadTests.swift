import CollabText
import Foundation
import PairloomClient
import Synchronization
import TestSupport
import Testing

@Suite("Reload: the configuration is read again while everyone stays")
struct ReloadTests {
    private static let settings: Settings = ["conflict.policy": "merge", "limits.connections": "1000"]

    /// Each setting that may change, with another value than before.
    private static let changes: [Settings] = [
        ["autocomplete.timeout": "1s"], ["autocomplete.provider": "[rules]", "autocomplete.cache": "10"],
        ["limits.document": "512KiB"], ["limits.message": "1MiB"], ["limits.members_per_room": "50"],
        ["limits.connections": "500"], ["limits.messages_per_second": "5000"], ["limits.rooms_per_minute": "500"],
        ["limits.send_buffer": "512KiB"], ["limits.idle_timeout": "60s"], ["limits.request_timeout": "20s"],
        ["log.level": "debug"], ["server.allowed_origins": "[\"https://editor.example\"]"],
        ["conflict.policy": "version-checked"],
    ]

    @Test("With 50 rooms of 2 who type, no connection is lost, and no edit", .timeLimit(.minutes(5)))
    func losesNobody() async throws {
        try await withServer(Self.settings) { server in
            let rooms = try await BusyRooms(50, on: server)
            try await rooms.type {
                var settings = Self.settings
                for change in Self.changes {
                    settings = settings.with(change)
                    let news = try await server.reload(settings)
                    for name in change.keys where name != "autocomplete.provider" { #expect(news.contains(name)) }
                    let edits = rooms.edits
                    // Everyone has typed with the change in force before the next comes.
                    while rooms.edits < edits + 300 { try await Task.sleep(for: .milliseconds(5)) }
                }
            }
            let faults = try await rooms.faults(on: server)
            #expect(faults.isEmpty)
            #expect(rooms.losses == 0)
            print("reloads: \(Self.changes.count), edits meanwhile: \(rooms.edits)")
            await rooms.close()
        }
    }

    // MARK: What changes

    @Test("The limits of the text and of the members hold at once, in rooms that are open")
    func changesLimitsOfRooms() async throws {
        try await withServer(["conflict.policy": "merge"]) { server in
            let id = try await server.createRoom(code: "")
            let alice = try await ChangeClient.join(id, of: server)
            try await alice.edit("1", on: 0, at: 0, String(repeating: "a", count: 3_000))
            let first = try await alice.next()
            #expect(first["type"] == "ack")

            try await server.reload(["limits.document": "2KiB", "limits.members_per_room": "1"])
            try await alice.edit("2", on: 1, at: 0, "b")
            let refused = try await alice.next()
            #expect(refused["type"] == "rejected" && refused["reason"] == "too_large")
            try await alice.edit("3", on: 1, at: 0, to: 1, "")
            let taken = try await alice.next()
            #expect(taken["type"] == "ack")
            let bob = try await WebSocketClient.connect(to: server, room: id)
            let code = try await bob.closeCode()
            #expect(code == 4413)

            try await server.reload([:])
            let carol = try await ChangeClient.join(id, of: server)
            #expect(carol.greeting["limits"]?["document"] == 1_048_576)
            try await alice.edit("4", on: 2, at: 0, "b")
            let again = try await alice.next()
            #expect(again["type"] == "ack")
        }
    }

    @Test("The limits of messages hold at once, for connections that are open")
    func changesLimitsOfMessages() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let alice = try await ChangeClient.join(id, of: server)
            try await server.reload(["limits.messages_per_second": "1"])
            for number in 1...20 { try await alice.edit("\(number)", on: 0, at: 0, "") }
            var reasons: Set<JSON?> = []
            for _ in 1...20 { reasons.insert(try await alice.next()["reason"]) }
            #expect(reasons.contains("rate_limited"))

            try await server.reload(["limits.message": "1KiB", "limits.document": "1KiB"])
            try await alice.edit("large", on: 0, at: 0, String(repeating: "a", count: 2_000))
            let code = try await alice.socket.closeCode()
            #expect(code == 1009)
        }
    }

    @Test("A connection that is silent is closed after the new time")
    func changesIdleTimeout() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            // One that answers no ping.
            let connection = try await server.connect()
            try await connection.send(Handshake.request("/ws/\(id)", port: server.port))
            // One that does.
            let losses = Mutex(0)
            let alice = try await PairloomClient.connect(
                to: ServerAddress(host: "127.0.0.1", port: server.port), room: id
            ) { event in
                if case .disconnected = event { losses.withLock { $0 += 1 } }
            }
            try await server.reload(["limits.idle_timeout": "3s"])
            _ = try await connection.receiveUntilEnd()
            try await alice.setText("still here")
            try await alice.waitUntilIdle()
            #expect(losses.withLock { $0 } == 0)
            await alice.close()
        }
    }

    @Test("The number of connections and of new rooms is bounded anew")
    func changesBounds() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            try await server.reload(["limits.connections": "1", "limits.rooms_per_minute": "1"])
            let bob = try await WebSocketClient.connect(to: server, room: id)
            let code = try await bob.closeCode()
            #expect(code == 1013)
            let statuses = [
                try await server.http("POST", "/rooms").status, try await server.http("POST", "/rooms").status,
            ]
            #expect(statuses == [200, 429])
            try await alice.type("still here")
        }
    }

    @Test("Another origin is let in, and told so")
    func changesOrigins() async throws {
        try await withServer { server in
            let origin = ["Origin": "https://editor.example"]
            let before = try await server.http("GET", "/health", headers: origin)
            #expect(before["Access-Control-Allow-Origin"] == nil)
            try await server.reload(["server.allowed_origins": "[\"https://editor.example\"]"])
            let after = try await server.http("GET", "/health", headers: origin)
            #expect(after["Access-Control-Allow-Origin"] == "https://editor.example")
            let id = try await server.createRoom(code: "")
            let page = try await WebSocketClient.connect(to: server, room: id, headers: origin)
            _ = try await page.message()
        }
    }

    @Test("Rooms that are opened from then on have the new policy; those that are open keep theirs")
    func changesPolicy() async throws {
        try await withServer(["conflict.policy": "merge"]) { server in
            let old = try await server.createRoom(code: "")
            let alice = try await ChangeClient.join(old, of: server)
            #expect(alice.greeting["policy"] == "merge")
            try await server.reload(["conflict.policy": "version-checked"])
            let new = try await server.createRoom(code: "")
            for (room, policy, answer) in [(old, "merge", "ack"), (new, "version-checked", "rejected")] {
                let bob = try await ChangeClient.join(room, of: server)
                #expect(bob.greeting["policy"] == .string(policy))
                try await bob.edit("1", on: 0, at: 0, "one")
                _ = try await bob.next("ack")
                try await bob.edit("2", on: 0, at: 0, "two")
                let second = try await bob.next()
                #expect(second["type"] == .string(answer), "\(policy)")
            }
            let page = try await server.http("GET", "/")
            #expect(page.body.contains("version-checked"))
        }
    }

    @Test("Suggestions follow the files of the rules, in rooms that are open as over REST")
    func changesSuggestions() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.rules("first()"), to: "rules/toy.yaml")
        let settings: Settings = ["autocomplete.rules": "{ folder: rules }"]
        try await withServer(settings, in: folder) { server in
            let body = #"{"code": "begin ", "cursorPosition": 6, "language": "toy"}"#
            let made = try await server.http("POST", "/rooms", #"{"code": "begin ", "language": "toy"}"#)
            let id = try #require(try made.json()["roomId"]?.string)
            let alice = try await ChangeClient.join(id, of: server)
            for (number, word) in ["first()", "second()"].enumerated() {
                if number > 0 {
                    try folder.write(Self.rules(word), to: "rules/toy.yaml")
                    try await server.reload(settings)
                }
                let answer = try await server.http("POST", "/autocomplete", body)
                #expect(try answer.json()["suggestion"] == .string(word))
                try await alice.send(["type": "complete", "id": .string("\(number)"), "position": 6])
                let completion = try await alice.next("completion")
                #expect(completion["suggestion"] == .string(word))
            }
        }
    }

    private static func rules(_ word: String) -> String {
        "name: toy\nsnippets:\n  line:\n    \"begin \": \"\(word)\"\n"
    }

    @Test("The log's level changes for every part of the server")
    func changesLevel() async throws {
        try await withServer(["log.level": "error"]) { server in
            try server.folder.write((["log.level": "info"] as Settings).yaml, to: "config.yaml")
            let news = try await server.awaitReload { server.hangUp() }
            #expect(news.contains("log.level"))
        }
    }

    // MARK: What does not

    @Test("A configuration that is broken changes nothing, and the log says where it is broken")
    func keepsWhatIsInForce() async throws {
        try await withServer(["limits.members_per_room": "2"]) { server in
            let id = try await server.createRoom(code: "")
            let alice = try await ChangeClient.join(id, of: server)
            let news = try await server.reload(yaml: "limits:\n  members_per_room: 1\n  documnt: 1KiB\n")
            #expect(news.contains("config.yaml:3:3: limits.documnt: unknown key"))
            #expect(news.contains("nothing changed"))
            let bob = try await ChangeClient.join(id, of: server)
            #expect(bob.greeting["limits"]?["members"] == 2)
            try await alice.edit("1", on: 0, at: 0, "still here")
            _ = try await alice.next("ack")
        }
    }

    @Test("A provider that does not start changes nothing")
    func keepsProvidersThatWork() async throws {
        try await withServer { server in
            let news = try await server.reload([
                "autocomplete.rules": "{ folder: nowhere }", "limits.members_per_room": "1",
            ])
            #expect(news.contains("nothing changed") && news.contains("nowhere"))
            let id = try await server.createRoom(code: "")
            let alice = try await ChangeClient.join(id, of: server)
            #expect(alice.greeting["limits"]?["members"] == 100)
        }
    }

    @Test("What needs a restart is named in the log, each time until it has come")
    func namesWhatNeedsARestart() async throws {
        try await withServer(.sqlite) { server in
            let settings = Settings.sqlite.with([
                "storage.sqlite": "{ path: other.db }", "server.port": "1", "rooms.history": "5", "log.format": "json",
                "journal.backlog": "1MiB", "limits.members_per_room": "7",
            ])
            for change in ["changed: limits.members_per_room", "changed: nothing"] {
                let news = try await server.reload(settings)
                let names = ["storage.sqlite.path", "server.port", "rooms.history", "log.format", "journal.backlog"]
                for name in names { #expect(news.contains(name)) }
                #expect(news.contains("need a restart"))
                #expect(news.contains(change.replacing("changed: ", with: "changed=")))
            }
        }
    }

    // MARK: The command

    @Test("`pairloom reload` tells the server that runs with a configuration")
    func reloadsByCommand() async throws {
        try await withServer { server in
            let config = server.folder.url.appending(path: "config.yaml").path
            try server.folder.write((["limits.members_per_room": "3"] as Settings).yaml, to: "config.yaml")
            let news = try await server.awaitReload {
                let result = try await Command.pairloom("reload", "--config", config)
                #expect(result.exit == .status(0))
                #expect(result.output.contains("\(server.pid)"))
            }
            #expect(news.contains("limits.members_per_room"))
        }
    }

    @Test(
        "`pairloom reload` says what the server says of a configuration that is broken, and what it said the next time")
    func tellsWhatCameOfIt() async throws {
        try await withServer { server in
            for _ in 1...2 {
                let config = try server.folder.write("limits: {members: 1}", to: "config.yaml")
                let broken = try await Command.pairloom("reload", "--config", config.path)
                #expect(broken.exit == .status(78))
                #expect(broken.errors.contains("limits.members: unknown key"))
                try server.folder.write("limits: {members_per_room: 1}", to: "config.yaml")
                let good = try await Command.pairloom("reload", "--config", config.path)
                #expect(good.exit == .status(0))
            }
        }
    }

    @Test("A configuration that is gone changes nothing")
    func keepsWhatIsInForceWithoutAFile() async throws {
        try await withServer(["limits.members_per_room": "2"]) { server in
            let config = server.folder.url.appending(path: "config.yaml")
            try FileManager.default.removeItem(at: config)
            let result = try await Command.pairloom("reload", "--config", config.path)
            #expect(result.exit == .status(78))
            #expect(result.errors.contains("no such file"))
            let id = try await server.createRoom()
            let alice = try await ChangeClient.join(id, of: server)
            #expect(alice.greeting["limits"]?["members"] == 2)
        }
    }

    @Test("Of two servers with one configuration the first is told, and the second says that it will not be")
    func tellsTheFirstOfTwo() async throws {
        try await withServer(.memory) { first in
            let second = try await ServerProcess.start(.memory, in: first.folder)
            #expect(second.log.contains("belongs to another server that runs"))
            let config = first.folder.url.appending(path: "config.yaml").path
            let result = try await Command.pairloom("reload", "--config", config)
            #expect(result.output.contains("process \(first.pid)"))
            try await second.stop()
            let again = try await Command.pairloom("reload", "--config", config)
            #expect(again.exit == .status(0))
        }
    }

    @Test("A server that is told to stop while it reads its configuration stops in order")
    func stopsWhileItReloads() async throws {
        try await withServer { server in
            let id = try await server.createRoom(code: "")
            let (alice, _) = try await WebSocketClient.join(id, of: server)
            for _ in 1...20 { server.hangUp() }
            let exit = try await server.stop()
            #expect(exit == .status(0))
            let code = try await alice.closeCode()
            #expect(code == 1012)
        }
    }

    @Test("`pairloom reload` says so when no server runs, even after one was killed")
    func findsNoServer() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(Settings.memory.yaml, to: "config.yaml")
        let none = try await Command.pairloom("reload", "--config", config.path)
        #expect(none.exit == .status(69))
        #expect(none.errors.contains("no server runs"))
        try await withServer(in: folder) { server in
            server.send(SIGKILL)
            _ = try await server.exit()
            let killed = try await Command.pairloom("reload", "--config", config.path)
            #expect(killed.exit == .status(69))
            #expect(killed.errors.contains("was left by one that was killed"))
        }
        try await withServer(in: folder) { server in
            let running = try await Command.pairloom("reload", "--config", config.path)
            #expect(running.exit == .status(0))
            try await server.stop()
            #expect(!FileManager.default.fileExists(atPath: "\(config.path).pid"))
        }
    }
}
