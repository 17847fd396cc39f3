import CollabText
import Foundation
import ProviderKit
import Testing

@testable import AutocompleteRules

/// What an operator adds in a folder.
@Suite struct LanguageFolderTests {
    private static let lua = """
        name: lua
        aliases: [luau]

        comments:
          - line: "--"
          - open: "--[["
            close: "]]"
        statements: ["local ", "function "]
        snippets:
          line:
            "function ": "name()\\n\\t\\nend"
        """

    @Test func aLanguageIsAdded() async throws {
        try await withFolder(["lua.yaml": Self.lua, "notes.txt": "none"]) { folder in
            try await expect("name()\n    \nend", behind: "function ", in: "lua", folder: folder)
            try await expect("cal ", behind: "lo", in: "luau", folder: folder)
            try await expect(nil, behind: "-- lo", in: "lua", folder: folder)
            try await expect(nil, behind: "--[[\nlo", in: "lua", folder: folder)
            try await expect("cal ", behind: "--[[\n]]\nlo", in: "lua", folder: folder)
            try await expect("function_name():", behind: "def ", in: "python", folder: folder)
        }
    }

    @Test func aBuiltInLanguageIsReplacedOrAddedTo() async throws {
        let python = "name: python\nextends: python\nsnippets:\n  line:\n    \"def \": \"main():\""
        try await withFolder(["python.yaml": python, "go.yaml": "name: go"]) { folder in
            try await expect("main():", behind: "def ", in: "python", folder: folder)
            try await expect("le ", behind: "whi", in: "python", folder: folder)
            try await expect(nil, behind: "retu", in: "go", folder: folder)
        }
    }

    @Test func aMistakeStopsTheStart() async throws {
        try await withFolder(["lua.yaml": "name: lua\nfoo: bar"]) { folder in
            let error = await #expect(throws: ProviderStartError.self) {
                try await suggestion("a", in: "lua", folder: folder)
            }
            #expect(error?.message.hasPrefix("lua.yaml:2: unknown key `foo`, expected the keys name, ") == true)
            #expect(error?.isRetryable == false)
        }
    }

    @Test func aFolderThatIsNotThereStopsTheStart() async {
        let error = await #expect(throws: ProviderStartError.self) {
            try await suggestion("a", in: "lua", folder: "/nowhere/rules")
        }
        #expect(error?.message == "/nowhere/rules: cannot be read, expected a folder with *.yaml files")
    }

    private func expect(_ expected: String?, behind code: String, in language: String, folder: String) async throws {
        let suggestion = try await suggestion(code, in: language, folder: folder)
        #expect(suggestion == expected, "\(language): \(code)")
    }

    private func suggestion(_ code: String, in language: String, folder: String) async throws -> String? {
        let values = OptionValues().setting(RulesAutocompleteProvider.folder, to: folder)
        let provider = try await RulesAutocompleteProvider.descriptor.make(values, .silent)
        let text = TextBuffer(code)
        let completion = try await provider.complete(
            CompletionRequest(text: text, cursor: text.count, language: language, deadline: .now + .seconds(60)))
        await provider.close()
        return completion?.suggestion
    }

    private func withFolder(_ files: [String: String], _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rules-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        try await body(folder.path)
    }
}
