import Foundation
import TestSupport
import Testing

@Suite("A start that fails: one line that says why, and nothing else")
struct StartFailureTests {
    @Test("A host that does not exist is one clear line")
    func tellsUnknownHosts() async throws {
        let result = try await serve("storage: { provider: memory }\n", "--host", "nope.invalid")
        #expect(result.exit == .status(1))
        #expect(result.errors.hasSuffix("pairloom: cannot listen on nope.invalid:0: there is no such host\n"))
    }

    @Test("A host on the command line must be an address", arguments: ["", " ", "127.0.0.1:80", "[::1]"])
    func refusesHosts(host: String) async throws {
        let result = try await serve("", "--host", host)
        #expect(result.exit == .status(64))
        #expect(result.errors.contains("--host"))
    }

    @Test("A provider that cannot start is told without a word about the others")
    func tellsOnlyTheFailure() async throws {
        let result = try await serve("storage: { sqlite: { path: /dev/null } }\n")
        #expect(result.exit == .status(1))
        #expect(
            result.errors
                == "pairloom: storage (sqlite): /dev/null is a pipe or a device; name a regular file\n")
    }

    @Test("A folder that lacks files of the documentation is told with the first of them")
    func tellsMissingAssets() async throws {
        let result = try await serve("server: { docs_assets: docs }\nstorage: { sqlite: { path: rooms.db } }\n")
        #expect(result.exit == .status(1))
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("/docs/swagger-ui-bundle.js is missing or cannot be read"))
    }

    @Test("A folder that lacks files of CodeMirror is told with the first of them")
    func tellsMissingEditorAssets() async throws {
        let result = try await serve("server: { editor_assets: cm }\nstorage: { sqlite: { path: rooms.db } }\n")
        #expect(result.exit == .status(1))
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("/cm/lib/codemirror.css is missing or cannot be read"))
    }

    @Test("A configuration without a name is told so")
    func tellsEmptyNames() async throws {
        let result = try await Command.pairloom("check-config", "--config", "")
        #expect(result.exit == .status(78))
        #expect(result.errors == "pairloom: configuration: the name of the file is empty; name a file\n")
    }

    private func serve(_ yaml: String, _ arguments: String...) async throws -> Command {
        let folder = try TemporaryFolder()
        // The folder must not be removed before its file is read.
        defer { withExtendedLifetime(folder) {} }
        let config = try folder.write(yaml, to: "config.yaml")
        let all = ["serve", "--config", config.path, "--port", "0"] + arguments
        return try await Command.run(Products.pairloom(), all)
    }
}
