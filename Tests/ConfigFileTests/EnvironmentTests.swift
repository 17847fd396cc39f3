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

    @Test func theFileOfVariablesIsReadLikeAShellDoes() throws {
        let dotEnv = [
            "# A comment.", "A=plain#1 # comment", "export B='single $x \\n #'", "",
            "  C=\"double \\\"q\\\" \\$ \\\\ #\" # comment\r", "D=", "E=a=b",
        ]
        let yaml = "storage: {sqlite: {path: \"/${A}|${B}|${C}|${D}|${E}\"}}"
        let path = try load(yaml, dotEnv: dotEnv.joined(separator: "\n")).storage.values[TestCatalog.SQLite.path]
        #expect(path == "/plain#1|single $x \\n #|double \"q\" $ \\ #||a=b")
    }

    @Test func theRealEnvironmentWins() throws {
        let yaml = "server:\n  host: ${A}\n  port: ${B}"
        let configuration = try load(yaml, environment: ["A": "real"], dotEnv: "A=file\nB=81")
        #expect(configuration.server.host == "real")
        #expect(configuration.server.port == 81)
    }

    @Test(
        arguments: [
            ("A=1\nhunter2\n", ".env:2:1: the line has no `=`"),
            ("A=1\n\n  A B=hunter2\n", ".env:3:3: what stands before `=` is not a variable's name"),
            ("  export B = hunter2", ".env:1:10: what stands before `=` is not a variable's name"),
            ("1A=hunter2", ".env:1:1: what stands before `=` is not a variable's name"),
            ("PASSWORD=\"hunter2\n", ".env:1:10: the quotes do not end, or text follows them"),
            ("export PASSWORD='hunter2' x", ".env:1:17: the quotes do not end, or text follows them"),
        ])
    func aBrokenLineIsRefusedWithoutShowingIt(_ dotEnv: String, _ start: String) throws {
        let line = try #require(try refusal(of: "", dotEnv: dotEnv))
        #expect(line.hasPrefix(start))
        #expect(!line.contains("hunter2"))
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

    @Test func theFileOfVariablesMustBeUTF8() throws {
        let folder = try TemporaryFolder()
        try folder.write(Data([0x41, 0x3D, 0xFF]), to: ".env")
        let error = #expect(throws: ConfigurationError.self) { try folder.load() }
        #expect(error?.description == ".env:1:3: is not UTF-8; save the file as UTF-8")
    }
}
