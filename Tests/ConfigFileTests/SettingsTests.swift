import ConfigFile
import ProviderKit
import TestSupport
import Testing

/// Where each value comes from.
@Suite struct SettingsTests {
    @Test func aValueThatIsWrittenIsFoundInItsLine() throws {
        let settings = try settings(of: "server:\n  port: 81\n  allowed_origins: [\"*\"]\n")
        #expect(settings["server.port"]?.origin.description == "config.yaml:2:9")
        #expect(settings["server.allowed_origins"]?.origin.description == "config.yaml:3:20")
        #expect(settings["server.host"]?.origin.description == "default")
    }

    @Test func aVariableIsNamedWithWhereItIsSet() throws {
        let yaml = "server:\n  host: ${A}\n  port: \"${B:-81}\"\n  docs_assets: /${A}/${C}/$${D}\n"
        let settings = try settings(of: yaml, environment: ["A": "a", "C": ""], dotEnv: "\nC=c\nA=file\n")
        #expect(settings["server.host"]?.origin.description == "config.yaml:2:9, A of the environment")
        #expect(settings["server.port"]?.origin.description == "config.yaml:3:9, B is not set")
        #expect(
            settings["server.docs_assets"]?.origin.description == "config.yaml:4:16, A of the environment, C is not set"
        )
        let other = try self.settings(of: yaml, environment: ["A": "a"], dotEnv: "\nC=c\n")
        #expect(
            other["server.docs_assets"]?.origin.description == "config.yaml:4:16, A of the environment, C of .env:2")
    }

    @Test func whatAVariableGivesWithoutAWordInTheFileIsOfTheVariable() throws {
        let environment = ["DATABASE_URL": "x", "REMOTE_KEY": "hunter2"]
        let folder = try TemporaryFolder([
            "config.yaml": "storage: {remote: {url: somewhere}}", ".env": "REMOTE_KEY=other\n",
        ])
        let configuration = try folder.load(environment: environment, catalog: TestCatalog.withRemote)
        let settings = Dictionary(configuration.settings.map { ($0.path, $0) }) { $1 }
        #expect(settings["storage.remote.key"]?.origin.description == "REMOTE_KEY of the environment")
        let fromFile = try folder.load(environment: ["DATABASE_URL": "x"], catalog: TestCatalog.withRemote)
        let key = fromFile.settings.first { $0.path == "storage.remote.key" }
        #expect(key?.origin.description == "REMOTE_KEY of .env:1")
    }

    @Test func aKeyThatChoosesTellsWhatItChoseAndWhy() throws {
        let settings = try settings(of: "autocomplete:\n  provider: [words, rules]\n")
        #expect(settings["storage.provider"]?.value == .string("sqlite"))
        #expect(settings["storage.provider"]?.reason == "auto: DATABASE_URL is not set")
        #expect(settings["autocomplete.provider"]?.value == .strings(["words", "rules"]))
        #expect(settings["autocomplete.provider"]?.reason == nil)
        #expect(settings["autocomplete.provider"]?.origin.description == "config.yaml:2:13")
    }

    @Test func theProvidersThatAreNotChosenHaveNone() throws {
        let paths = try load("storage: {memory: {most: 2KiB}}").settings.map(\.path)
        #expect(paths.contains("storage.sqlite.path"))
        #expect(!paths.contains { $0.hasPrefix("storage.memory") })
    }

    @Test func theyComeInTheOrderOfTheSchemaEachOnce() throws {
        let configuration = try load("log: {level: debug}\nserver: {port: 81}\n")
        let paths = configuration.settings.map(\.path)
        #expect(Set(paths).count == paths.count)
        let sections = configuration.settings.compactMap(\.keys.first)
        let order = ConfigurationSchema(catalog: TestCatalog.standard).sections.map(\.name)
        #expect(sections.reduce(into: []) { if $0.last != $1 { $0.append($1) } } == order)
    }

    private func settings(
        of yaml: String, environment: [String: String] = [:], dotEnv: String? = nil
    ) throws -> [String: SettingInForce] {
        let configuration = try load(yaml, environment: environment, dotEnv: dotEnv)
        return Dictionary(configuration.settings.map { ($0.path, $0) }) { $1 }
    }
}
