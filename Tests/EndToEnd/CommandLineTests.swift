import Foundation
import TestSupport
import Testing

@Suite("Command line: what an operator types and reads")
struct CommandLineTests {
    @Test("--version is one line with a version")
    func tellsItsVersion() async throws {
        let result = try await Command.pairloom("--version")
        #expect(result.exit == .status(0))
        #expect(result.output.contains(#/^\S*\s*\d+\.\d+\.\d+\S*\n$/#))
    }

    @Test("--help names every command")
    func tellsItsCommands() async throws {
        let result = try await Command.pairloom("--help")
        #expect(result.exit == .status(0))
        for command in ["serve", "check-config", "providers"] { #expect(result.output.contains(command)) }
    }

    @Test("A server that is ready says where it is and what it uses")
    func tellsWhereItIs() async throws {
        let version = try await Command.pairloom("--version").output.split(separator: " ").last ?? ""
        try await withServer(.sqlite) { server in
            let place = "http://127.0.0.1:\(server.port)"
            let uses = "(storage: sqlite, autocomplete: rules, conflict: merge)"
            let number = version.trimmingCharacters(in: .newlines)
            #expect(server.greeting == "Pairloom \(number) is ready at \(place) \(uses)")
        }
    }

    @Test("A configuration that is right passes its check")
    func passesGoodConfigurations() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(Settings.sqlite.yaml, to: "config.yaml")
        let result = try await Command.pairloom("check-config", "--config", config.path)
        #expect(result.exit == .status(0))
        #expect(result.errors == "")
    }

    @Test(
        "A configuration that is wrong is refused with status 78 and one line that tells where",
        arguments: [
            ("storge:\n  provider: memory\n", "config.yaml:1:1: ", "storage"),
            ("storage:\n  provider: mongo\n", "config.yaml:2:13: ", "sqlite"),
            ("server:\n  port: many\n", "config.yaml:2:9: ", "server.port"),
            ("server:\n  port: 99999\n", "config.yaml:2:9: ", "65"),
            ("server: [\n", "config.yaml:2:1: ", "YAML"),
        ])
    func refusesBadConfigurations(yaml: String, place: String, help: String) async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(yaml, to: "config.yaml")
        for command in ["check-config", "serve"] {
            let result = try await Command.pairloom(command, "--config", config.path)
            #expect(result.exit == .status(78))
            #expect(result.output == "")
            #expect(result.errors.split(separator: "\n").count == 1)
            #expect(result.errors.contains(place))
            #expect(result.errors.contains(help))
        }
    }

    @Test("A configuration that is not there is named")
    func namesMissingConfigurations() async throws {
        let result = try await Command.pairloom("check-config", "--config", "/nowhere/config.yaml")
        #expect(result.exit == .status(78))
        #expect(result.errors.contains("/nowhere/config.yaml"))
    }

    @Test("providers lists every name of every kind")
    func listsProviders() async throws {
        let result = try await Command.pairloom("providers")
        #expect(result.exit == .status(0))
        for name in ["memory", "sqlite", "rules", "last-write-wins"] { #expect(result.output.contains(name)) }
    }

    @Test("A command or an option that does not exist is refused with a hint", arguments: ["serv", "--prot"])
    func refusesUnknownWords(word: String) async throws {
        let result = try await Command.pairloom(word)
        #expect(result.exit != .status(0))
        #expect(result.errors.contains(word))
    }

    @Test("A port that is taken is one clear line")
    func tellsTakenPorts() async throws {
        try await withServer { server in
            let config = try server.folder.write(Settings.memory.yaml, to: "second.yaml")
            let result = try await Command.pairloom("serve", "--config", config.path, "--port", "\(server.port)")
            #expect(result.exit != .status(0))
            #expect(result.lastWords.contains("\(server.port)"))
        }
    }

    @Test("A database where nothing can be written is one clear line")
    func tellsUnwritablePlaces() async throws {
        let folder = try TemporaryFolder()
        // Not even root can make a folder inside a file.
        try folder.write("a file", to: "file")
        let settings = Settings.sqlite.with(["storage.sqlite": "{ path: file/rooms.db }"])
        let config = try folder.write(settings.yaml, to: "config.yaml")
        let result = try await Command.pairloom("serve", "--config", config.path, "--port", "0")
        #expect(result.exit != .status(0))
        #expect(result.lastWords.contains(folder.path("file")))
    }

    @Test("A database that another server uses is one clear line, and the first server does not mind")
    func tellsLockedDatabases() async throws {
        try await withServer(.sqlite) { server in
            let id = try await server.createRoom(code: "mine")
            let config = server.folder.url.appending(path: "config.yaml").path
            let result = try await Command.pairloom("serve", "--config", config, "--port", "0")
            #expect(result.exit != .status(0))
            #expect(result.lastWords.contains("rooms.db"))
            let room = try await server.room(id)
            #expect(room["code"] == "mine")
        }
    }
}

extension Command {
    /// The last line of the standard error, which tells why a command failed.
    fileprivate var lastWords: Substring { errors.split(separator: "\n").last ?? "" }
}
