import ConfigFile
import Foundation
import ProviderKit
import TestSupport
import Testing

@Suite struct ProviderChoiceTests {
    @Test func aNamedProviderIsChosenWithItsValues() throws {
        let storage = try load("storage: {provider: memory, memory: {most: 2KiB, strict: true}}").storage
        #expect(storage.name == "memory")
        #expect(storage.reason == nil)
        #expect(storage.values[TestCatalog.Memory.most] == 2_048)
        #expect(storage.values[TestCatalog.Memory.strict])
    }

    @Test func theNameMayComeFromAVariable() throws {
        let yaml = "storage:\n  provider: ${STORAGE:-auto}"
        #expect(try load(yaml, environment: ["STORAGE": "memory"]).storage.name == "memory")
        #expect(try load(yaml).storage.name == "sqlite")
    }

    @Test func aProviderThatIsNotChosenMayLackWhatItRequires() throws {
        let yaml = """
            storage:
              provider: memory
              remote:
                url: "${NOT_SET}"
                shards: ${NOT_SET:-}
            """
        #expect(try load(yaml).storage.name == "memory")
        #expect(try load("storage: {provider: memory, remote: {url: , shards: }}").storage.name == "memory")
        #expect(try load("storage: {provider: memory, remote: }").storage.name == "memory")
    }

    @Test func theSameProviderNeedsItWhenChosen() throws {
        let yaml = "storage:\n  provider: remote\n  remote:\n    url: ${NOT_SET}\n    shards: 2"
        #expect(
            try refusal(of: yaml)
                == "config.yaml:4:10: storage.remote.url: the variable `NOT_SET` is not set; "
                + "set it, or write a default: ${NOT_SET:-default}")
    }

    @Test func theSectionOfAnAbsentProviderMayHoldAnything() throws {
        let yaml = "storage: {provider: memory, postgres: {url: \"${NOT_SET}\", pool: [1, {a: b}]}}"
        #expect(try load(yaml).storage.name == "memory")
    }

    @Test func anOptionMayBeGivenByItsVariable() throws {
        func key(_ yaml: String, _ environment: [String: String]) throws -> String {
            let folder = try TemporaryFolder(["config.yaml": "storage: {provider: remote, remote: {url: x\(yaml)}}"])
            let configuration = try folder.load(environment: environment, catalog: TestCatalog.withRemote)
            return configuration.storage.values[TestCatalog.Remote.key]
        }
        #expect(try key("", ["REMOTE_KEY": "from the environment"]) == "from the environment")
        #expect(try key("", [:]) == "")
        #expect(try key(", key: written", ["REMOTE_KEY": "from the environment"]) == "written")
    }

    @Test func autoFollowsTheVariable() throws {
        let folder = try TemporaryFolder(["config.yaml": "storage: {remote: {url: \"${DATABASE_URL:-}\"}}"])
        func storage(_ environment: [String: String]) throws -> ProviderChoice {
            try folder.load(environment: environment, catalog: TestCatalog.withRemote).storage
        }
        let remote = try storage(["DATABASE_URL": "db://x"])
        #expect(remote.name == "remote")
        #expect(remote.reason == "auto: DATABASE_URL is set")
        #expect(remote.values[TestCatalog.Remote.url] == "db://x")
        #expect(try storage(["DATABASE_URL": ""]).name == "sqlite")
        try folder.write(Data("DATABASE_URL=db://y".utf8), to: ".env")
        #expect(try storage([:]).values[TestCatalog.Remote.url] == "db://y")
    }

    @Test func autoThatMeansAnAbsentProviderIsRefusedWithTheReason() throws {
        let environment = ["DATABASE_URL": "db://hunter2"]
        let rest =
            "storage.provider: DATABASE_URL is set, so `auto` means `postgres`, which is not available: "
            + "this build has no PostgreSQL support yet; set `storage.provider` to one of: memory, sqlite, remote"
        let yaml = "storage:\n  provider: auto"
        #expect(try refusal(of: yaml, environment: environment) == "config.yaml:2:13: " + rest)
        #expect(try refusal(of: "", environment: environment) == "config.yaml: " + rest)
        #expect(try refusal(of: "", dotEnv: "DATABASE_URL=hunter2") == "config.yaml: " + rest)
        let folder = try TemporaryFolder()
        let error = #expect(throws: ConfigurationError.self) { try folder.load(environment: environment) }
        #expect(error?.description == "built-in defaults: " + rest)
    }

    @Test func theChoiceIsNotAskedForWhenItIsNamed() throws {
        let yaml = "storage: {provider: sqlite}"
        #expect(try load(yaml, environment: ["DATABASE_URL": "db://x"]).storage.name == "sqlite")
    }

    @Test func severalProvidersAreTriedInTheirOrder() throws {
        func names(_ provider: String, _ environment: [String: String] = [:]) throws -> [String] {
            try load("autocomplete: {provider: \(provider)}", environment: environment).autocomplete.map(\.name)
        }
        #expect(try names("[words, rules]") == ["words", "rules"])
        #expect(try names("[rules, words]") == ["rules", "words"])
        #expect(try names("[rules]") == ["rules"])
        #expect(try names("words") == ["words"])
        #expect(try names("[\"${FIRST}\", rules]", ["FIRST": "words"]) == ["words", "rules"])
    }

    @Test func autoMayMeanSeveral() throws {
        let catalog = ProviderCatalog(
            storage: TestCatalog.standard.storage,
            autocomplete: ProviderList(
                TestCatalog.standard.autocomplete.providers,
                automatic: AutomaticChoice(variable: "WORDS_KEY", whenSet: "words", "rules", otherwise: "rules")),
            conflict: TestCatalog.standard.conflict)
        let folder = try TemporaryFolder(["config.yaml": ""])
        let both = try folder.load(environment: ["WORDS_KEY": "k"], catalog: catalog).autocomplete
        #expect(both.map(\.name) == ["words", "rules"])
        #expect(both.map(\.reason) == ["auto: WORDS_KEY is set", "auto: WORDS_KEY is set"])
        #expect(try folder.load(environment: [:], catalog: catalog).autocomplete.map(\.name) == ["rules"])
    }
}
