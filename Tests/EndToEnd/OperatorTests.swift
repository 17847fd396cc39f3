import Foundation
import TestSupport
import Testing

@Suite("An operator's commands: what is in force, what may be said, what works")
struct OperatorTests {
    // MARK: print-config

    @Test("print-config says of each value where it comes from, and shows no secret")
    func tellsOrigins() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(
            "server:\n  port: ${PORT}\nstorage:\n  provider: sqlite\nautocomplete:\n  provider: gemini\n",
            to: "config.yaml")
        try folder.write("\nPORT=81\n", to: ".env")
        let result = try await Command.run(
            Products.pairloom(), ["print-config", "--config", config.path],
            environment: ["GEMINI_API_KEY": "hunter2"])
        #expect(result.exit == .status(0))
        #expect(!result.output.contains("hunter2"))
        for line in [
            #/\n  port: 81 +# .*config.yaml:2:9, PORT of .*\.env:2\n/#, #/\n  host: 127\.0\.0\.1 +# default\n/#,
            #/\n  provider: sqlite +# .*config.yaml:4:13\n/#,
            #/\n    api_key: "\*\*\*" +# GEMINI_API_KEY of the environment\n/#,
        ] {
            #expect(result.output.contains(line))
        }
    }

    @Test("What print-config prints is a configuration, and means the same")
    func printsConfigurations() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(
            "server: {allowed_origins: [\"*\", \"http://[::1]:81\"]}\nrooms: {idle_timeout: 90s}\n", to: "config.yaml")
        let first = try await Command.pairloom("print-config", "--config", config.path)
        let copy = try folder.write(first.output, to: "copy.yaml")
        let second = try await Command.pairloom("print-config", "--config", copy.path)
        #expect(second.exit == .status(0))
        #expect(values(first.output) == values(second.output))
        #expect(first.output.contains("idle_timeout: 90s"))
    }

    private func values(_ listing: String) -> [Substring] {
        listing.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "#" } }
    }

    // MARK: check-config

    @Test("A file of 0.1 with all of its keys is in order", arguments: ["0.1", "0.1-other-values"])
    func acceptsOlderFiles(name: String) async throws {
        let folder = try TemporaryFolder()
        let older = Products.file("Tests/ConfigFileTests/Accepted/\(name).yaml")
        let config = try folder.write(String(contentsOf: older, encoding: .utf8), to: "config.yaml")
        let result = try await Command.pairloom("check-config", "--config", config.path)
        #expect(result.exit == .status(0))
        #expect(result.errors == "")
    }

    @Test("A value that is probably a mistake is a line on stderr, and in the log of a server")
    func warns() async throws {
        let folder = try TemporaryFolder(["file": ""])
        let older = Products.file("Tests/ConfigFileTests/Accepted/0.1.yaml")
        let yaml = try String(contentsOf: older, encoding: .utf8)
            .replacing("path: pairloom.db", with: "path: file/rooms.db")
        let config = try folder.write(yaml, to: "config.yaml").path
        let environment = ["PORT": "8123", "GOOGLE_API_KEY": "'hunter2'"]
        let warnings = [
            "config.yaml:12:9: server.host: PORT of the environment is set, but on 127.0.0.1 only this machine reaches",
            "api_key: the value of GOOGLE_API_KEY of the environment still has its quotes; set it without them",
        ]
        let check = try await Command.run(
            Products.pairloom(), ["check-config", "--config", config], environment: environment)
        #expect(check.exit == .status(0))
        #expect(check.output.contains("autocomplete: gemini, rules (auto: GOOGLE_API_KEY is set)"))
        #expect(check.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("pairloom: warning: ") })
        // The server ends by itself, since its store cannot be opened.
        let serve = try await Command.run(
            Products.pairloom(), ["serve", "--port", "0", "--config", config], environment: environment)
        for warning in warnings {
            #expect(check.errors.contains(warning), "\(check.errors)")
            #expect(serve.errors.contains(warning), "\(serve.errors)")
        }
        #expect(!(check.errors + serve.errors).contains("hunter2"))
        let outside = ["serve", "--host", "0.0.0.0", "--port", "0", "--config", config]
        let open = try await Command.run(Products.pairloom(), outside, environment: environment)
        #expect(!open.errors.contains(warnings[0]))
    }

    @Test("An address of Gemini that would give the key away is refused with its place")
    func refusesPlainAddresses() async throws {
        let folder = try TemporaryFolder()
        let yaml = "autocomplete:\n  provider: gemini\n  gemini: {api_key: k, base_url: \"http://far.example\"}\n"
        let config = try folder.write(yaml, to: "config.yaml")
        let result = try await Command.pairloom("check-config", "--config", config.path)
        #expect(result.exit == .status(78))
        #expect(result.errors.contains("config.yaml:3:34: autocomplete.gemini.base_url: is plain http"))
    }

    @Test("A `.env` that other tools use too keeps no server from starting")
    func sharesVariables() async throws {
        let folder = try TemporaryFolder()
        let key = "KEY=\"-----BEGIN KEY-----\nMII=\n-----END KEY-----\"\n"
        try folder.write("\(key)DEBUG\nspring.port=1\nNOTE 'x\nPORT = 8123\nexport PAIRLOOM_HOST=0.0.0.0\n", to: ".env")
        let config = try folder.write("", to: "config.yaml")
        let result = try await Command.pairloom("print-config", "--config", config.path)
        #expect(result.output.contains(#/\n  port: 8123 +# PORT of .*\.env:7\n/#), "\(result.output)\(result.errors)")
        #expect(result.output.contains(#/\n  host: 0\.0\.0\.0 +# PAIRLOOM_HOST of .*\.env:8\n/#))
    }

    // MARK: providers

    @Test("The example that providers NAME shows of each provider is a configuration that does")
    func showsExamples() async throws {
        let list = try await Command.pairloom("providers")
        let names = list.output.split(separator: "\n").filter { $0.hasPrefix("  ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(names.count >= 8)
        for name in names {
            let page = try await Command.pairloom("providers", name)
            #expect(page.exit == .status(0))
            let example = page.output.components(separatedBy: "In config.yaml:\n\n").last ?? ""
            let folder = try TemporaryFolder()
            let config = try folder.write(example, to: "config.yaml")
            let check = try await Command.run(
                Products.pairloom(), ["check-config", "--config", config.path],
                environment: ["DATABASE_URL": "postgresql://localhost/x", "GEMINI_API_KEY": "x"])
            #expect(check.exit == .status(0), "\(name): \(check.errors)")
            #expect(check.output.contains(name))
        }
    }

    @Test("providers NAME tells of each option what it is, its default, and whether it is secret")
    func showsOptions() async throws {
        let page = try await Command.pairloom("providers", "postgres").output
        #expect(
            page.contains(
                "  url: a text; required; taken from the variable DATABASE_URL when it is not written; secret"))
        #expect(page.contains("  connections: a whole number from 1 to 100; default: 4\n"))
    }

    @Test("providers of a name that is none asks whether another is meant")
    func suggestsNames() async throws {
        let result = try await Command.pairloom("providers", "postgers")
        #expect(result.exit == .status(64))
        #expect(result.errors.hasPrefix("pairloom: there is no provider `postgers`; did you mean `postgres`?"))
    }

    // MARK: config-schema

    @Test("config.schema.json is what config-schema prints")
    func hasTheNewestSchema() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write("", to: "config.yaml")
        let result = try await Command.pairloom("config-schema", "--config", config.path)
        let committed = try String(contentsOf: Products.file("config.schema.json"), encoding: .utf8)
        #expect(result.output == committed, "run: pairloom config-schema > config.schema.json")
        let head = try String(contentsOf: Products.file("config.yaml"), encoding: .utf8).prefix(60)
        #expect(head.hasPrefix("# yaml-language-server: $schema=config.schema.json\n"))
    }

    @Test("An editor with the schema takes the file that comes with the server, and marks what the server refuses")
    func guidesEditors() async throws {
        let folder = try TemporaryFolder()
        let good = [
            "empty": "", "empty-sections": "server:\nstorage:\n  sqlite:\n",
            "variables":
                "server: {port: \"${PORT:-81}\"}\nlimits: {document: \"${SIZE}\"}\nlog: {level: \"${LEVEL}\"}\n",
            "units": "limits: {document: 4096, message: 1MB, idle_timeout: 250ms}\n",
            "several": "autocomplete: {provider: [gemini, rules]}\nconflict: {policy: merge}\n",
        ]
        let bad = [
            "unknown-section": "storge: {provider: memory}\n", "unknown-key": "server: {prot: 1}\n",
            "unknown-provider": "storage: {provider: mongo}\n", "unknown-option": "storage: {sqlite: {pth: x}}\n",
            "out-of-range": "server: {port: 99999}\n", "no-number": "server: {port: many}\n",
            "no-unit": "limits: {idle_timeout: 5}\n", "no-size": "limits: {document: 1 MiB}\n",
            "no-list": "server: {allowed_origins: x}\n", "auto-in-a-list": "autocomplete: {provider: [auto]}\n",
            "twice": "autocomplete: {provider: [rules, rules]}\n", "no-section": "server: 80\n",
        ]
        var files = [Products.file("config.yaml").path]
        for (name, yaml) in good.merging(bad, uniquingKeysWith: { $1 }) {
            files.append(try folder.write(yaml, to: "\(name).yaml").path)
        }
        let result = try await Command.run(
            URL(filePath: "/usr/bin/python3"),
            [Products.client("yaml_editor.py").path, Products.file("config.schema.json").path] + files)
        #expect(result.exit == .status(0), "\(result.errors)")
        let passed = result.output.split(separator: "\n").filter { $0.hasSuffix(" ok") }.map { $0.dropLast(8) }
        #expect(Set(passed) == Set(good.keys.map { $0[...] } + ["config"]), "\(result.output)")
    }

    // MARK: check-config --probe

    @Test("A probe of what works says so of each part", arguments: ["sqlite", "postgres", "memory"])
    func probesWhatWorks(storage: String) async throws {
        let folder = try TemporaryFolder()
        let settings = Settings.storage(storage)
        let config = try folder.write(settings.yaml, to: "config.yaml")
        let result = try await Command.run(
            Products.pairloom(), ["check-config", "--probe", "--config", config.path],
            environment: settings.environment(in: folder))
        #expect(result.exit == .status(0), "\(result.errors)")
        for part in ["storage (\(storage)): works", "autocomplete (rules): works", "conflict (merge): works"] {
            #expect(result.output.contains(part))
        }
    }

    @Test("A probe warns of what a failover may lose, and passes")
    func warnsOfLosses() async throws {
        let postgres = try await PostgresServer.start()
        _ = try await postgres.run("ALTER ROLE pairloom SET synchronous_commit = local")
        let folder = try TemporaryFolder()
        let url = "postgresql://pairloom@127.0.0.1:\(postgres.port),127.0.0.1:1/pairloom"
        let config = try folder.write(
            "storage: {provider: postgres, postgres: {url: \"\(url)\"}}\nlog: {level: error}\n", to: "config.yaml")
        let result = try await Command.pairloom("check-config", "--probe", "--config", config.path)
        #expect(result.exit == .status(0), "\(result.output)")
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 2, "\(result.errors)")
        #expect(lines.first?.contains("synchronous_commit is local") == true)
        #expect(lines.last?.contains("synchronous_standby_names is empty") == true)
    }

    @Test("A probe tells of each part that does not work why, and exits with 69")
    func probesWhatDoesNot() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(
            """
            server: {docs_assets: nowhere, editor_assets: nowhere}
            storage: {provider: postgres, postgres: {url: "postgresql://me:hunter2@127.0.0.1:1/x", connect_timeout: 100ms}}
            autocomplete: {provider: [gemini, rules], gemini: {api_key: hunter2, base_url: "http://127.0.0.1:1"}}
            """, to: "config.yaml")
        let result = try await Command.pairloom("check-config", "--probe", "--config", config.path)
        #expect(result.exit == .status(69))
        for part in [
            "storage (postgres): does not work: PostgreSQL cannot be reached at 127.0.0.1:1",
            "autocomplete (gemini): does not work: Gemini cannot be reached", "autocomplete (rules): works",
            "server.docs_assets: does not work:", "server.editor_assets: does not work:",
        ] {
            #expect(result.output.contains(part), "\(result.output)")
        }
        #expect(result.errors.hasSuffix("pairloom: 4 parts of the configuration cannot be used\n"))
        #expect(!(result.output + result.errors).contains("hunter2"))
    }

    @Test("A probe finds out that a key is refused, and that one is taken")
    func probesKeys() async throws {
        let gemini = try await FakeGemini()
        for (model, status) in [("good", Int32(0)), ("bad-key", 69)] {
            let folder = try TemporaryFolder()
            let config = try folder.write(Settings.gemini(at: gemini, model).with(.memory).yaml, to: "config.yaml")
            let result = try await Command.pairloom("check-config", "--probe", "--config", config.path)
            #expect(result.exit == .status(status), "\(result.output)")
        }
    }

    @Test("A provider that lacks what it cannot do without is found out without a probe")
    func findsWhatIsMissing() async throws {
        for (yaml, words) in [
            (
                "storage: {provider: postgres}\n",
                "storage.postgres.url: a value is required; write a text, or set the variable DATABASE_URL"
            ),
            ("autocomplete: {provider: gemini}\n", "autocomplete.gemini.api_key: a value is required"),
            (
                "storage: {provider: postgres, postgres: {url: \"${DATABASE_URL:-}\"}}\n",
                "storage.postgres.url: a value is"
            ),
        ] {
            let folder = try TemporaryFolder()
            let config = try folder.write(yaml, to: "config.yaml")
            let result = try await Command.pairloom("check-config", "--config", config.path)
            #expect(result.exit == .status(78))
            #expect(result.errors.contains(words), "\(result.errors)")
        }
    }

    // MARK: new-provider

    @Test("new-provider refuses names that can be none, and folders that are in use")
    func refusesNames() async throws {
        for name in ["Word", "word_store", "-word", "word-", "1word", "wörd", "", "auto", "sqlite", "provider"] {
            let result = try await Command.pairloom("new-provider", "storage", name)
            #expect(result.exit == .status(64), "\(name)")
        }
        let folder = try TemporaryFolder(["mine": "precious"])
        let result = try await Command.pairloom("new-provider", "storage", "word", "--path", folder.path)
        #expect(result.exit == .status(64))
        #expect(result.errors.contains("not empty"))
        #expect(folder.read("mine") == "precious")
    }
}
