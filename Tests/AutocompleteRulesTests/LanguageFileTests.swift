import Testing

@testable import AutocompleteRules

/// A mistake in a file of rules is one line that tells its place.
@Suite struct LanguageFileTests {
    @Test(arguments: [
        ("", "x.yaml: empty, expected at least a name"),
        ("name: [x", "x.yaml:2: not valid YAML: did not find expected ',' or ']'"),
        ("- x", "x.yaml:1: a list, expected the keys name, aliases, extends, indentation, "),
        ("aliases: [y]", "x.yaml:1: no name, expected the key name"),
        ("name: X", "x.yaml:1: `X`, expected a name in lower case without blanks"),
        ("name: x\nname: y", "x.yaml:1: the key `name` stands twice, expected each key once"),
        ("name: x\nstatments: []", "x.yaml:2: unknown key `statments`, expected the keys name, aliases, "),
        ("name: x\nstatements: return", "x.yaml:2: `return`, expected a list of texts"),
        ("name: x\nstatements:\n  - [a]", "x.yaml:3: a list, expected a text"),
        ("name: x\nstatements: [\"\"]", "x.yaml:2: nothing, expected a text"),
        ("name: x\nstatements: [\"a\\0\"]", "x.yaml:2: a control character, expected a text"),
        ("name: x\nstatements: &a [b]", "x.yaml:2: an anchor, expected values that are written out"),
        ("name: x\nindentation: tab", "x.yaml:2: `tab`, expected spaces or one tab in double quotes"),
        ("name: x\nignore_case: maybe", "x.yaml:2: `maybe`, expected true or false"),
        ("name: x\nname_characters: é", "x.yaml:2: `é`, expected ASCII characters"),
        ("name: x\nbrackets: [\"(\"]", "x.yaml:2: not all are pairs, expected a list of brackets such as \"()\""),
        ("name: x\nextends: y", "x.yaml:2: `y`, expected the name of another language"),
        ("name: x\nextends: x", "x.yaml:2: `x`, expected the name of another language"),
        ("name: x\ncode_between: \"<\"", "x.yaml:2: `<`, expected what ends in a pair of brackets, such as \"<>\""),
        ("name: x\ncomments: [\"#\"]", "x.yaml:2: `#`, expected the keys line, behind_blank, open, close, nests"),
        (
            "name: x\ncomments:\n  - open: \"/*\"",
            "x.yaml:3: half a comment, expected the key line, or open and close"
        ),
        ("name: x\ncomments:\n  - line: \"123456789\"", "x.yaml:3: `123456789`, expected one to 8 ASCII characters"),
        ("name: x\nstrings:\n  - open: \"«\"", "x.yaml:3: `«`, expected one to 8 ASCII characters"),
        ("name: x\nstrings:\n  - close: \"'\"", "x.yaml:3: a string without a beginning, expected the key open"),
        (
            "name: x\nstrings:\n  - open: \"'\"\n    interpolation: [too_long_a_mark]",
            "x.yaml:4: `too_long_a_mark`, expected one to 8 ASCII characters"
        ),
        ("name: x\nblocks: braces", "x.yaml:2: `braces`, expected the keys braces, colon, words, void_tags"),
        (
            "name: x\nblocks:\n  words:\n    - opens: [if]",
            "x.yaml:4: a block without an end, expected the key closes"
        ),
        ("name: x\nwords:\n  - after: \"#\"", "x.yaml:3: a place without words, expected the key words"),
        (
            "name: x\nwords:\n  - letters: 0\n    words: [a]",
            "x.yaml:3: `0`, expected a number from 1 to 9"
        ),
        (
            "name: x\nwords:\n  - inside: \"{{\"\n    words: [a]",
            "x.yaml:3: `{{`, expected an opening bracket"
        ),
        ("name: x\nsnippets:\n  lines: {}", "x.yaml:3: unknown key `lines`, expected the keys line, once, anywhere"),
        ("name: x\nsnippets:\n  line: [a]", "x.yaml:3: a list, expected what is typed, with what to insert"),
        ("name: x\nsnippets:\n  line:\n    \"a\\nb\": c", "x.yaml:4: `a b`, expected what is typed in one line"),
        ("name: x\nsnippets:\n  line:\n    a: {}", "x.yaml:4: keys with values, expected a list of texts"),
    ])
    func isRefusedInOneLine(_ text: String, _ message: String) throws {
        let error = #expect(throws: RuleFileError.self) { try LanguageLibrary(adding: [("x.yaml", text)]) }
        let line = try #require(error).description
        #expect(line.hasPrefix(message))
        #expect(!line.contains("\n"))
    }

    @Test func languagesThatBuildOnEachOtherAreRefused() throws {
        let error = #expect(throws: RuleFileError.self) {
            try LanguageLibrary(adding: [("a.yaml", "name: a\nextends: b"), ("b.yaml", "name: b\nextends: a")])
        }
        #expect(try #require(error).description == "b.yaml:2: `a`, expected the name of another language")
    }

    @Test func aLanguageAddsToTheOneThatItBuildsOn() throws {
        let text = "name: kts\naliases: [ktx]\nextends: kotlin\nindentation: \"\\t\"\nstatements: [\"tasks \"]"
        let library = try LanguageLibrary(adding: [("kts.yaml", text)])
        let rules = library.rules(for: "ktx")
        #expect(rules.name == "kts")
        #expect(rules.indentation == "\t")
        #expect(rules.statements.first == "fun " && rules.statements.last == "tasks ")
        #expect(rules.isFinished("tasks") && rules.isFinished("fun"))
        #expect(library.rules(for: "kotlin").indentation == "    ")
        #expect(library.rules(for: "kts").name == "kts", "its own name comes before an alias of another")
    }
}
