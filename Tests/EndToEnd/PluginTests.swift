import Foundation
import TestSupport
import Testing

@Suite("Plugins: providers from outside, in the real server")
struct PluginTests {
    // MARK: The examples serve

    @Test("A store of a plugin keeps rooms over a restart, each in a file that a person can read")
    func storesRooms() async throws {
        let folder = try TemporaryFolder()
        let yaml = try [ExamplePlugin.storage].yaml()
        let id = try await withServer(yaml: yaml, in: folder) { server in
            #expect(server.greeting.contains("(storage: json-file, "))
            let id = try await server.createRoom(code: "print('readable')\n")
            let alice = try await ChangeClient.join(id, of: server)
            for number in 1...50 { try await alice.edit("\(number)", on: number - 1, at: 0, "\(number)\n") }
            while try await alice.next("saved")["revision"] != 50 {}
            try await server.stop()
            return id
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("rooms"))
        let file = try #require(files.first { $0.contains(id) })
        #expect(folder.read("rooms/\(file)").contains("print('readable')"))
        try await withServer(yaml: yaml, in: folder) { server in
            let room = try await server.room(id)
            #expect(room["revision"] == 50)
            #expect(room["code"]?.string?.hasPrefix("50\n49\n") == true)
        }
    }

    @Test("Suggestions of a plugin come over REST and in a room, and the next provider answers where it has none")
    func suggests() async throws {
        let folder = try TemporaryFolder(["snippets/toy/begin.txt": "begin the snippet\n"])
        try await withServer(yaml: [ExamplePlugin.autocomplete].yaml(), in: folder) { server in
            let body = #"{"code": "begin", "cursorPosition": 5, "language": "toy"}"#
            let answer = try await server.http("POST", "/autocomplete", body).json()
            #expect(answer["provider"] == "snippets")
            #expect(answer["suggestion"]?.string?.hasPrefix(" the snippet") == true)
            let other = try await server.http(
                "POST", "/autocomplete", #"{"code": "def ", "cursorPosition": 4, "language": "python"}"#)
            #expect(try other.json()["provider"] == "rules")
        }
    }

    @Test("A policy of a plugin refuses the second edit of a line, and merges edits of other lines")
    func decides() async throws {
        let yaml = try [ExamplePlugin.conflict].yaml()
        try await withServer(yaml: yaml) { server in
            let id = try await server.createRoom(code: "one\ntwo\nthree\n")
            let alice = try await ChangeClient.join(id, of: server)
            let bob = try await ChangeClient.join(id, of: server)
            #expect(alice.greeting["policy"] == "line-lock")
            try await alice.edit("a", on: 0, at: 3, "!")
            let first = try await alice.next("ack")
            #expect(first["revision"] == 1)
            try await bob.edit("b1", on: 0, at: 0, "?")
            let refused = try await bob.next("rejected")
            #expect(refused["reason"] == "conflict")
            try await bob.edit("b2", on: 0, at: 8, "?")
            let merged = try await bob.next("ack")
            #expect(merged["revision"] == 2)
            let room = try await server.room(id)
            #expect(room["code"] == "one!\ntwo\n?three\n")
        }
    }

    @Test("All three at once are listed with their files, shown with their options, and pass a probe")
    func listsThem() async throws {
        let folder = try TemporaryFolder(["snippets/toy/begin.txt": "begin the snippet\n"])
        let all = [ExamplePlugin.storage, .autocomplete, .conflict]
        let config = try folder.write(all.yaml(), to: "config.yaml")
        let list = try await Command.pairloom("providers", "--config", config.path)
        for plugin in all { #expect(list.output.contains("(plugin \(try plugin.library.path))")) }
        let page = try await Command.pairloom("providers", "snippets", "--config", config.path)
        #expect(page.output.contains("  folder: a path; required\n"))
        let probe = try await Command.pairloom("check-config", "--probe", "--config", config.path)
        #expect(probe.exit == .status(0), "\(probe.output)\(probe.errors)")
        let schema = try await Command.pairloom("config-schema", "--config", config.path)
        #expect(schema.output.contains("\"json-file\""))
    }

    @Test("The options of a plugin's provider are checked like all others")
    func checksOptions() async throws {
        let yaml = try [ExamplePlugin.autocomplete].yaml().replacing(
            "{ folder: snippets }", with: "{ foldr: snippets }")
        let result = try await check(yaml)
        #expect(result.exit == .status(78))
        #expect(result.errors.contains("autocomplete.snippets.foldr: unknown key; did you mean `folder`?"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test("A reload brings in a plugin that was not there at the start")
    func reloads() async throws {
        try await withServer { server in
            try await server.reload(yaml: [ExamplePlugin.conflict].yaml())
            let id = try await server.createRoom(code: "")
            let alice = try await ChangeClient.join(id, of: server)
            #expect(alice.greeting["policy"] == "line-lock")
        }
    }

    // MARK: What is refused

    @Test("A library that cannot be a plugin is one line that says where it is named, and why")
    func refusesOtherFiles() async throws {
        let folder = try TemporaryFolder(["text.so": "no library"])
        let whole = try Data(contentsOf: try ExamplePlugin.conflict.library)
        try whole.prefix(whole.count / 2).write(to: folder.url.appending(path: "half.so"))
        for (file, reason) in [
            ("gone.so", "there is no file"), ("text.so", "no shared library"), ("half.so", "is truncated"),
            (".", "is a folder"),
        ] {
            let config = try folder.write("plugins:\n  - \(file)\n", to: "config.yaml")
            for command in ["check-config", "serve", "providers"] {
                let result = try await Command.pairloom(command, "--config", config.path)
                #expect(result.exit == .status(78), "\(command) \(file)")
                #expect(result.errors.contains("config.yaml:2:5: plugins[0]: "))
                #expect(result.errors.contains(reason), "\(result.errors)")
                #expect(result.errors.split(separator: "\n").count == 1)
            }
        }
    }

    @Test("A plugin that was built with another ABI number is refused with both numbers")
    func refusesOtherNumbers() async throws {
        let folder = try TemporaryFolder([
            "other.c": """
            const char *providerkit_plugin_abi(void) { return "providerkit-abi=99;compiler=any"; }
            void *providerkit_plugin_providers(void) { __builtin_trap(); }
            """
        ])
        let compiler = try await Command.run(
            URL(filePath: "/usr/bin/env"),
            ["clang", "-shared", "-fPIC", "-o", folder.path("other.so"), folder.path("other.c")])
        try #require(compiler.exit == .status(0), "\(compiler.errors)")
        let config = try folder.write("plugins: [other.so]\n", to: "config.yaml")
        let result = try await Command.pairloom("serve", "--config", config.path)
        #expect(result.exit == .status(78))
        #expect(result.errors.contains("is built for ProviderKit ABI 99, this server has "))
    }

    private func check(_ yaml: String) async throws -> Command {
        let folder = try TemporaryFolder()
        let config = try folder.write(yaml, to: "config.yaml")
        return try await Command.pairloom("check-config", "--config", config.path)
    }
}
