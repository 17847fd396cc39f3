import ConfigFile
import Foundation
import ProviderKit
import TestSupport
import Testing

@Suite struct EnvironmentTests {
    @Test func aVariableIsReadAsIfItsValueWereWritten() throws {
        let yaml = "server: {port: \"${PORT:-8000}\", docs_assets: \"${FOLDER}\"}\nlog: {level: \"${LEVEL:-info}\"}"
        let configuration = try load(yaml, environment: ["PORT": "81", "FOLDER": "/a b: c", "LEVEL": "debug"])
        #expect(configuration.server.port == 81)
        #expect(configuration.server.docsAssets == "/a b: c")
        #expect(configuration.log.level == .debug)
    }

    @Test func theDefaultHoldsForAVariableThatIsUnsetOrEmpty() throws {
        #expect(try load("server:\n  port: ${PORT:-81}").server.port == 81)
        #expect(try load("server:\n  port: ${PORT:-81}", environment: ["PORT": ""]).server.port == 81)
    }

    @Test func manyVariablesMayStandInOneText() throws {
        let host = try load("server: {host: \"$$a${A}-${B:-b}$${A}\"}", environment: ["A": "1"]).server.host
        #expect(host == "$a1-b${A}")
    }

    @Test func whatAVariableHoldsIsNotLookedAtAgain() throws {
        #expect(try load("server:\n  host: ${A}", environment: ["A": "${B}$$"]).server.host == "${B}$$")
    }

    @Test func aVariableCannotAddKeys() throws {
        let configuration = try load("server:\n  docs_assets: ${A}", environment: ["A": "/x\n  port: 1"])
        #expect(configuration.server.docsAssets == "/x\n  port: 1")
        #expect(configuration.server.port == 8_000)
    }

    @Test func theRealEnvironmentWins() throws {
        let yaml = "server:\n  host: ${A}\n  port: ${B}"
        let configuration = try load(yaml, environment: ["A": "real"], dotEnv: "A=file\nB=81")
        #expect(configuration.server.host == "real")
        #expect(configuration.server.port == 81)
    }

    @Test func variablesStandBesideTheFileThatIsNamed() throws {
        let folder = try TemporaryFolder([
            ".env": "A=outside", "conf/.env": "A=inside", "conf/config.yaml": "server:\n  host: ${A}",
        ])
        #expect(try folder.load("conf/config.yaml").server.host == "inside")
    }

    @Test func aFolderOfThatNameIsLeftAlone() throws {
        let folder = try TemporaryFolder([".env/bin/python": ""])
        #expect(try folder.load().server == ServerSettings())
    }

    @Test func anOptionMayHaveItsValueFromAVariableWithoutBeingWritten() throws {
        let environment = ["PORT": "81", "PAIRLOOM_HOST": "0.0.0.0"]
        for yaml in ["", "server: {host: \"\"}", "server: {host: \"${OTHER:-}\"}"] {
            let configuration = try load(yaml, environment: environment)
            #expect(configuration.server.port == 81)
            #expect(configuration.server.host == "0.0.0.0")
        }
        let written = try load("server: {host: a, port: 82}", environment: environment)
        #expect(written.server.host == "a")
        #expect(written.server.port == 82)
        #expect(try load("", environment: ["PORT": "", "PAIRLOOM_HOST": ""]).server == ServerSettings())
        let folder = try TemporaryFolder([".env": "PORT = 83"])
        #expect(try folder.load().server.port == 83)
    }

    @Test func aVariableThatDoesNotFitIsToldWithItsPlace() throws {
        let words =
            "server.port: the value of `${PORT}` (PORT of .env:2) does not fit; write a whole number from 0 to 65535"
        #expect(try refusal(of: "", dotEnv: "\nPORT=eighty") == "config.yaml: \(words)")
        #expect(
            try refusal(of: "server:\n  port: ${PORT}", dotEnv: "\nPORT=eighty") == "config.yaml:2:9: \(words)")
        // What stands in the file comes first.
        let line = try refusal(of: "server: {prot: 1}", environment: ["PORT": "eighty"])
        #expect(line?.hasPrefix("config.yaml:1:10: server.prot: unknown key") == true)
    }

    @Test(arguments: [
        ("https://a.example", ["https://a.example"]),
        ("https://a.example,http://b.example:81", ["https://a.example", "http://b.example:81"]),
        (" https://a.example ,, http://b.example:81 , ", ["https://a.example", "http://b.example:81"]),
        ("*", ["*"]), ("", []), (" , ", []),
    ])
    func aListMayComeFromAVariable(_ value: String, _ origins: [String]) throws {
        for written in ["\"${LIST}\"", "[\"${LIST}\"]", "[\"${LIST:-x}\"]"]
        where !(value.isEmpty && written.contains("x")) {
            let configuration = try load("server: {allowed_origins: \(written)}", environment: ["LIST": value])
            #expect(configuration.server.allowedOrigins == origins)
        }
        let others = try load(
            "server: {allowed_origins: [\"https://x.example\", \"${LIST}\"]}", environment: ["LIST": value])
        #expect(others.server.allowedOrigins == ["https://x.example"] + origins)
    }

    @Test func aListMayHaveADefault() throws {
        #expect(try load("server: {allowed_origins: \"${LIST:-}\"}").server.allowedOrigins == [])
        let two = try load("server: {allowed_origins: \"${LIST:-https://a.example,null}\"}")
        #expect(two.server.allowedOrigins == ["https://a.example", "null"])
    }

    @Test func providersMayComeFromAVariable() throws {
        func names(_ written: String, _ value: String) throws -> [String] {
            try load("autocomplete: {provider: \(written)}", environment: ["LIST": value]).autocomplete.map(\.name)
        }
        #expect(try names("\"${LIST}\"", "words, rules") == ["words", "rules"])
        #expect(try names("[\"${LIST}\"]", "words,rules") == ["words", "rules"])
        #expect(try names("\"${LIST}\"", "words") == ["words"])
    }

    @Test func pluginsMayComeFromAVariable() throws {
        let configuration = try load("plugins: ${LIST}", environment: ["LIST": "a/words.so, /b/remote.so"])
        #expect(
            configuration.plugins.map { $0.path.hasSuffix("/a/words.so") || $0.path == "/b/remote.so" } == [true, true])
        #expect(configuration.plugins.first?.origin.description == "config.yaml:1:10, LIST of the environment")
    }
}
