import Testing

@testable import AutocompleteRules

/// What a programmer sees while typing, as the tables say.
@Suite struct RuleTableTests {
    @Test(arguments: Example.all)
    func suggests(_ example: Example) async throws {
        try await example.check()
    }

    @Test func everyLanguageHasATable() throws {
        let examples = try Example.read()
        #expect(examples.count >= 150)
        #expect(Set(examples.map(\.language)) == Set(BuiltInLanguages.files.keys).union(["klingon"]))
    }

    @Test(arguments: [
        "py", "js", "jsx", "ts", "tsx", "swift", "golang", "rs", "java", "h", "c++", "cs", "rb", "php", "kt", "bash",
    ])
    func namesThatClientsUseAreKnown(_ alias: String) async throws {
        let example = ["py": ("whi‸", "le "), "swift": ("gua‸", "rd ")][alias] ?? ("retu‸", "rn ")
        try await Example(language: alias, title: "alias", code: example.0, suggestion: example.1).check()
    }
}
