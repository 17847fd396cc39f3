import Testing

@testable import AutocompleteRules

/// The files that are part of the program are sound.
@Suite struct BuiltInLanguageTests {
    static let names = BuiltInLanguages.files.keys.sorted()

    @Test(arguments: names) func isRead(_ name: String) throws {
        let rules = try BuiltInLanguages.read(name)
        #expect(rules.name == name, "a file is named as its language")
        #expect(!rules.snippets.isEmpty)
    }

    @Test(arguments: names) func theHeadStandsBeforeTheFirstEmptyLine(_ name: String) throws {
        let text = try #require(BuiltInLanguages.text(of: name))
        let whole = try LanguageFile(file: name, text: text).head
        #expect(try LanguageFile.head(file: name, text: text) == whole)
    }

    @Test func noNameMeansTwoLanguages() throws {
        let names = try Self.names.map { try BuiltInLanguages.read($0) }.flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: names) func everySnippetIsWellFormed(_ name: String) throws {
        for snippet in try BuiltInLanguages.read(name).snippets {
            let lines = snippet.insert.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(!snippet.insert.isEmpty && !snippet.typed.isEmpty)
            #expect(lines.allSatisfy { !$0.drop { $0 == "\t" }.contains("\t") }, "\(snippet.insert): tabs indent")
            #expect(lines.allSatisfy { !$0.hasPrefix(" ") || $0 == lines[0] }, "\(snippet.insert): tabs indent")
            let isWhole = (snippet.typed + snippet.insert).hasBalancedBrackets
            #expect(isWhole || lines.count == 1 || snippet.insert.contains("esac"), "\(snippet.insert)")
        }
    }
}
