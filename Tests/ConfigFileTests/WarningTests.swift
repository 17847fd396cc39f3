import ConfigFile
import Foundation
import ProviderKit
import TestSupport
import Testing

/// Values that are accepted but are probably mistakes, and what the options of providers find in their values.
@Suite struct WarningTests {
    @Test(arguments: ["127.0.0.1", "localhost", "::1", "127.1.2.3", "LOCALHOST", "pair.localhost"])
    func aPortThatAHostGivesIsOfNoUseOnALoopbackAddress(_ host: String) throws {
        let found = "server.host: PORT of the environment is set, but on \(host) only this machine reaches the server"
        let lines = try warnings(of: "server:\n  host: \"\(host)\"\n", ["PORT": "81"])
        let help =
            "to let other machines in, set server.host to 0.0.0.0, or PAIRLOOM_HOST where the file leaves it to the variable"
        #expect(lines == ["config.yaml:2:9: \(found); \(help)"])
    }

    @Test func withoutAPortOrOnAnotherAddressThereIsNothingToSay() throws {
        #expect(try warnings(of: "") == [])
        #expect(try warnings(of: "", ["PORT": ""]) == [])
        #expect(try warnings(of: "", ["PORT": "81", "PAIRLOOM_HOST": "0.0.0.0"]) == [])
        #expect(try warnings(of: "server: {host: \"::\"}", ["PORT": "81"]) == [])
        #expect(try warnings(of: "", ["PORT": "81"]).count == 1)
    }

    @Test func aDocumentLimitBeyondWhatCanBeServedCountsAsTheLargest() throws {
        let yaml = "limits: {document: 1GiB, message: 1GiB}"
        let line = "config.yaml:1:20: limits.document: no text can be longer than 256MiB; 256MiB counts instead"
        #expect(try warnings(of: yaml) == [line])
        let folder = try TemporaryFolder()
        try folder.write(yaml, to: "config.yaml")
        #expect(try folder.load().limits.document == 256 << 20)
        #expect(try warnings(of: "limits: {document: 256MiB, message: 1GiB}") == [])
    }

    @Test func theAddressOfTheCommandLineCounts() throws {
        let folder = try TemporaryFolder()
        func warnings(_ host: String) throws -> [String] {
            try ConfigurationLoader(
                catalog: TestCatalog.standard, environment: ["PORT": "81"], currentFolder: folder.path,
                listeningHost: host
            ).load(file: nil).warnings.map(\.description)
        }
        #expect(try warnings("0.0.0.0") == [])
        let line = try #require(try warnings("localhost").first)
        #expect(line.hasSuffix("to let other machines in, give --host 0.0.0.0"))
    }

    @Test(arguments: ["\"", "'", "`"]) func aValueThatStillHasItsQuotesIsTold(_ quote: String) throws {
        let value = "\(quote)hunter2\(quote)"
        let found = "the value of A of the environment still has its quotes; set it without them"
        #expect(
            try warnings(of: "storage:\n  sqlite:\n    path: ${A}", ["A": value])
                == ["config.yaml:3:11: storage.sqlite.path: \(found)"])
        #expect(try warnings(of: "storage: {sqlite: {path: \"${A}\"}}", ["A": "\(quote)a\(quote)b"]) == [])
        #expect(try warnings(of: "storage: {sqlite: {path: \"${A}\"}}", ["A": quote]) == [])
        #expect(try warnings(of: "storage: {sqlite: {path: \"'a'\"}}") == [])
        // Without a word in the file, and for a provider that nobody uses.
        let folder = try TemporaryFolder()
        let environment = ["DATABASE_URL": "x", "REMOTE_KEY": value]
        let yaml = "storage: {remote: {url: x}}"
        try folder.write(yaml, to: "config.yaml")
        let lines = try folder.load(environment: environment, catalog: TestCatalog.withRemote).warnings
        let key = "storage.remote.key: the value of REMOTE_KEY of the environment still has its quotes"
        #expect(lines.map(\.description) == ["config.yaml: \(key); set it without them"])
        #expect(try folder.load(environment: ["REMOTE_KEY": value], catalog: TestCatalog.withRemote).warnings == [])
    }

    @Test func whatAnOptionFindsInItsValueIsToldWithItsPlace() throws {
        func load(_ address: String, provider: String = "checked") throws -> Configuration {
            let yaml = "storage:\n  provider: \(provider)\n  checked:\n    address: \(address)\n"
            return try TemporaryFolder(["config.yaml": yaml]).load(catalog: Self.checked)
        }
        #expect(try load("https://near").warnings == [])
        let error = #expect(throws: ConfigurationError.self) { try load("http://near") }
        #expect(error?.description == "config.yaml:4:14: storage.checked.address: is not encrypted; write https")
        let warnings = try load("https://near/").warnings.map(\.description)
        #expect(warnings == ["config.yaml:4:14: storage.checked.address: has a slash at its end; leave it out"])
        #expect(try load("http://near/", provider: "other").warnings == [])
    }

    @Test func whatAnOptionFindsInAVariableIsToldToo() throws {
        let folder = try TemporaryFolder(["config.yaml": "storage: {provider: checked}"])
        let error = #expect(throws: ConfigurationError.self) {
            try folder.load(environment: ["OLD_ADDRESS": "http://near"], catalog: Self.checked)
        }
        #expect(error?.description == "config.yaml: storage.checked.address: is not encrypted; write https")
        let both = ["OLD_ADDRESS": "http://near", "ADDRESS": "https://near"]
        let configuration = try folder.load(environment: both, catalog: Self.checked)
        #expect(configuration.storage.values[Self.address] == "https://near")
        #expect(
            configuration.settings.first { $0.path == "storage.checked.address" }?.origin.description
                == "ADDRESS of the environment")
    }

    @Test func autoLooksAtEachOfItsVariables() throws {
        func reason(_ environment: [String: String]) throws -> String? {
            let folder = try TemporaryFolder()
            return try folder.load(environment: environment, catalog: Self.checked).storage.reason
        }
        #expect(try reason([:]) == "auto: neither ADDRESS nor OLD_ADDRESS is set")
        #expect(try reason(["ADDRESS": "", "OLD_ADDRESS": "https://a"]) == "auto: OLD_ADDRESS is set")
        #expect(try reason(["ADDRESS": "https://b", "OLD_ADDRESS": "https://a"]) == "auto: ADDRESS is set")
    }

    private static let address = Option(
        required: "address", variable: "ADDRESS", "OLD_ADDRESS", help: "Where it is.",
        check: { text in
            (text.hasPrefix("https") ? [] : [.error("is not encrypted", help: "write https")])
                + (text.hasSuffix("/") ? [.warning("has a slash at its end", help: "leave it out")] : [])
        })

    private static let checked = ProviderCatalog(
        storage: ProviderList(
            [
                TestCatalog.descriptor("checked", [address.declaration]), TestCatalog.descriptor("other", []),
            ],
            automatic: AutomaticChoice(
                variable: "ADDRESS", "OLD_ADDRESS", whenSet: "checked", otherwise: "other")),
        autocomplete: TestCatalog.standard.autocomplete, conflict: TestCatalog.standard.conflict)

    private func warnings(of yaml: String, _ environment: [String: String] = [:]) throws -> [String] {
        try load(yaml, environment: environment).warnings.map(\.description)
    }
}
