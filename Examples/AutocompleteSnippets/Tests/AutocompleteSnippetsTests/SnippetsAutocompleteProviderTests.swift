import CollabText
import Foundation
import ProviderConformance
import ProviderKit
import Testing

@testable import AutocompleteSnippets

@Suite struct SnippetsAutocompleteProviderTests {
    private let shipped = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Snippets").path

    @Test(arguments: AutocompleteConformance.clauses)
    func conforms(to clause: AutocompleteConformance.Clause) async throws {
        // Words that the samples of the suite end with.
        let files = ["all/caf.txt": "café", "python/def.txt": "def f():\n    pass", "all/Qap.txt": "Qapla'"]
        let folder = try TemporaryFolder(files)
        try await clause.check { try await start(folder.path, minimumLength: 1) }
    }

    // MARK: Suggestions

    @Test func whatFollowsTheWordIsSuggested() async throws {
        let provider = try await start(shipped)
        #expect(try await provider.suggestion("guard|", "swift") == " let value else {\n    return\n}")
        #expect(try await provider.suggestion("x = 1\nwith|\ny = 2", "python")?.hasPrefix(" open(path") == true)
        #expect(try await provider.suggestion("    // TODO|\n", "swift") == ": say what is missing, and who needs it")
        #expect(try await provider.suggestion("guard|", "go") == nil)
    }

    @Test func furtherLinesAreIndentedLikeTheFirst() async throws {
        let folder = try TemporaryFolder(["all/if.txt": "if a {\r\n\tb\r\n\r\n}\r\n"])
        let provider = try await start(folder.path)
        #expect(try await provider.suggestion("x\n\t  if|", "go") == " a {\n\t  \tb\n\n\t  }")
        #expect(try await provider.suggestion("  x = if|  \n", "go") == " a {\n  \tb\n\n  }")
    }

    @Test func aLanguageOfItsOwnComesFirst() async throws {
        let folder = try TemporaryFolder(["all/main.txt": "main 1", "C/main.txt": "main 2"])
        let provider = try await start(folder.path)
        #expect(try await provider.suggestion("main|", "c") == " 2")
        #expect(try await provider.suggestion("main|", "go") == " 1")
    }

    @Test(arguments: [
        "domain|", "_main|", "1main|", "émain|", "e\u{301}main|", "😀main|", "main|s", "main| = 1", "main\n|", "main |",
        "mai|", "MAIN|", "|main", "|",
    ])
    func nothingIsSuggestedElsewhere(place: String) async throws {
        let folder = try TemporaryFolder(["all/main.txt": "main()"])
        let provider = try await start(folder.path)
        #expect(try await provider.suggestion(place, "swift") == nil)
    }

    @Test(arguments: ["main|", "(main|", ".main|", "é main|", "\r\nmain|\r\n", "main|\t"])
    func somethingIsSuggestedHere(place: String) async throws {
        let folder = try TemporaryFolder(["all/main.txt": "main()"])
        let provider = try await start(folder.path)
        #expect(try await provider.suggestion(place, "swift") == "()")
    }

    @Test func aLineThatNobodyTypedIsLeftAlone() async throws {
        let folder = try TemporaryFolder(["all/main.txt": "main()"])
        let provider = try await start(folder.path)
        let blanks = String(repeating: " ", count: 995)
        #expect(try await provider.suggestion("\n" + blanks + "main|", "go") == "()")
        #expect(try await provider.suggestion("\n " + blanks + "main|", "go") == nil)
        #expect(try await provider.suggestion(String(repeating: "x", count: 100_000) + "\nmain|", "go") == "()")
    }

    @Test func shortWordsAreLeftAlone() async throws {
        let folder = try TemporaryFolder(["all/i.txt": "in", "all/if.txt": "if a", "all/for.txt": "for a"])
        for (length, suggested) in [(1, ["i", "if", "for"]), (2, ["if", "for"]), (3, ["for"])] {
            let provider = try await start(folder.path, minimumLength: length)
            for word in ["i", "if", "for"] {
                let suggestion = try await provider.suggestion(word + "|", "go")
                #expect((suggestion != nil) == suggested.contains(word))
            }
        }
    }

    // MARK: The start

    @Test(arguments: [
        ([:], "has no file"),
        (["main.txt": "main()"], "has no file"),
        (["all/a.txt": "a b"], "has no file LANGUAGE/WORD.txt of a word with 2 letters"),
        (["all/main.txt": "if main"], "must begin with main"),
        (["all/main.txt": "main\n"], "must begin with main"),
        (["all/for-each.txt": "for-each a"], "can never be asked for"),
        (["all/main.txt": "main\u{0}"], "is not a text"),
        (["all/main.txt": String(repeating: "main", count: 5_000)], "is not a text in UTF-8 of at most 16384 bytes"),
        (["all/main.txt/a": ""], "is not a text"),
    ])
    func whatCannotBeUsedIsToldInOneLine(files: [String: String], reason: String) async throws {
        let folder = try TemporaryFolder(files)
        let error = await #expect(throws: ProviderStartError.self) { _ = try await start(folder.path) }
        #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
        #expect(error?.message.contains("\n") == false)
    }

    @Test func tooManyFilesAreNotRead() async throws {
        let files = (0...1_000).map { ("all/word\($0).txt", "word\($0)!") }
        let folder = try TemporaryFolder(Dictionary(uniqueKeysWithValues: files))
        let error = await #expect(throws: ProviderStartError.self) { _ = try await start(folder.path) }
        #expect(error?.message.hasSuffix("has more than 1000 files") == true)
    }

    @Test func aMissingFolderIsTold() async throws {
        let error = await #expect(throws: ProviderStartError.self) { _ = try await start("/nowhere") }
        #expect(error?.message == "/nowhere cannot be read; name a folder with files LANGUAGE/WORD.txt")
    }
}

private func start(
    _ folder: String, minimumLength: Int? = nil
) async throws(ProviderStartError) -> any AutocompleteProvider {
    var values = OptionValues().setting(SnippetsAutocompleteProvider.folder, to: folder)
    if let minimumLength { values = values.setting(SnippetsAutocompleteProvider.minimumLength, to: minimumLength) }
    return try await SnippetsAutocompleteProvider.descriptor.make(values, .silent)
}

extension AutocompleteProvider {
    /// What is suggested where `|` stands in a code.
    fileprivate func suggestion(_ code: String, _ language: String) async throws -> String? {
        let parts = code.split(separator: "|", omittingEmptySubsequences: false)
        let request = CompletionRequest(
            text: TextBuffer(parts.joined()), cursor: parts[0].utf16.count, language: language,
            deadline: .now + .seconds(60))
        return try await complete(request)?.suggestion
    }
}
