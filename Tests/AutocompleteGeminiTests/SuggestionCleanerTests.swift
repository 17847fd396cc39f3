import Testing

@testable import AutocompleteGemini

@Suite struct SuggestionCleanerTests {
    /// The code with a | at the cursor, what the model says, and what is inserted.
    struct Row: CustomTestStringConvertible {
        let code: String
        let answer: String
        let suggestion: String?
        var testDescription: String { "\(code.debugDescription) + \(answer.debugDescription)" }

        init(_ code: String, _ answer: String, _ suggestion: String?) {
            (self.code, self.answer, self.suggestion) = (code, answer, suggestion)
        }

        var window: CodeWindow {
            let parts = code.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return CodeWindow(before: parts[0], after: parts[1])
        }
    }

    private static let plain = [
        Row("a = |", "1 + 2", "1 + 2"),
        Row("a = |", "", nil),
        Row("a = |", " \n\t\n", nil),
        Row("a = |", "1 \n\n", "1"),
        Row("if a:|", "\n    b", "\n    b"),
        Row("a|", "\u{0}b\u{FFFD}", "b"),
        Row("a = |", "\"😀\"", "\"😀\""),
        Row("a\r\nb|", "(\n)", "(\r\n)"),
        Row("a\r\nb|", "(\r\n)", "(\r\n)"),
        Row("a\nb|", "(\r\n)", "(\n)"),
    ]

    private static let fences = [
        Row("|", "```python\nx = 1\n```", "x = 1"),
        Row("|", "```python\nx = 1\ny = 2\n```\nThis sets x.", "x = 1\ny = 2"),
        Row("|", "\n```\nx = 1\n", "x = 1"),
        Row("|", "```swift\r\nx\r\n```\r\n", "x"),
        Row("|", "```x = 1```", "x = 1"),
        Row("|", "```python", nil),
        Row("|", "```python\n```", nil),
        Row("|", "x = 1\n```", "x = 1"),
        Row("|", "`x`", "`x`"),
        Row("|", "x\n```\ny\n```", "x\n```\ny\n```"),
    ]

    private static let repetitions = [
        Row("pri|", "print(x)", "nt(x)"),
        Row("    return to|", "    return total", "tal"),
        Row("    return to|", "return total", "tal"),
        Row("x = console.lo|", "console.log()", "g()"),
        Row("a = 1\nb = |", "a = 1\nb = 2", "2"),
        Row("a = 1\nb = |", "b = 2", "2"),
        Row("foo(|", "(a), b)", "(a), b)"),
        Row("}|", "}\n}", "}\n}"),
        Row("total|", "total", nil),
        Row("ab|", "b", "b"),
        Row("a\n    |", "    b", "b"),
        Row("if a:\n    |", "    b", "b"),
        Row("if a:\n    if b:\n    |", "    c", "    c"),
        Row("let 👩‍👩|", "👩‍👩 = 1", " = 1"),
        Row("שלו|", "שלום", "ם"),
    ]

    private static let overlaps = [
        Row("print(|)", "x)", "x"),
        Row("print(|)", "foo(x))", "foo(x)"),
        Row("print(|)", "foo(x)", "foo(x)"),
        Row("a = \"|\"", "text\"", "text"),
        Row("a = [|]", "\"x\"]\n", "\"x\""),
        Row("a = |\nb = 1\n", "2\nb = 1\n", "2"),
        Row("a = |\nb = 1\nc = 2\n", "2\nb = 1", "2"),
        Row("def f():\n    |\n\nprint(f())\n", "return 1\nprint(f())", "return 1"),
        Row("def f():\n    |\n\nx = f()\n", "return x", "return x"),
        Row("a = |;", "1;", "1"),
        Row("f(|\n)", "a,\n    b\n)", "a,\n    b"),
        Row("|x", "x", nil),
    ]

    @Test(arguments: plain + fences + repetitions + overlaps)
    func cleans(_ row: Row) {
        #expect(SuggestionCleaner(row.window).cleaned(row.answer) == row.suggestion)
    }

    @Test func boundsTheLength() throws {
        let cleaner = SuggestionCleaner(CodeWindow(before: "", after: ""))
        let lines = String(repeating: "let a = 1\n", count: 1_000)
        let cut = try #require(cleaner.cleaned(lines))
        #expect(cut.utf16.count == 3_999)
        #expect(lines.hasPrefix(cut + "\n"))
        let line = try #require(cleaner.cleaned("a" + String(repeating: "😀", count: 5_000)))
        #expect(line.utf16.count == 3_999)
        #expect(!line.contains("\u{FFFD}"))
    }

    @Test("whatever the model says, the suggestion is well-formed")
    func survivesAnything() {
        let pieces = ["```", "\n", "a", "😀", "\r", "(", "\u{0}", " ", "\u{301}", "\"", "ab\n"]
        let texts = pieces.flatMap { one in pieces.flatMap { two in pieces.map { one + two + $0 } } }
        for text in texts {
            for before in ["", "a", "😀", "ab\n", "\r"] {
                let window = CodeWindow(before: before, after: text)
                let suggestion = SuggestionCleaner(window).cleaned(text + before + text)
                #expect(suggestion?.isEmpty != true)
                #expect(suggestion?.utf8.contains(0) != true && suggestion?.contains("\u{FFFD}") != true)
            }
        }
    }
}
