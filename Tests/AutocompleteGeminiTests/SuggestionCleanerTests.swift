import Testing

@testable import AutocompleteGemini

@Suite struct SuggestionCleanerTests {
    /// The code with a | at the cursor, its language, what the model says, and what is inserted.
    struct Row: CustomTestStringConvertible {
        let code: String
        let language: String
        let answer: String
        let suggestion: String?
        var testDescription: String { "\(language): \(code.debugDescription) + \(answer.debugDescription)" }

        init(_ code: String, _ answer: String, _ suggestion: String?, in language: String = "python") {
            (self.code, self.language, self.answer, self.suggestion) = (code, language, answer, suggestion)
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
        Row("|", "x\n```\ny\n```", "x"),
        Row("|", "~~~python\nx = 1\n~~~", "x = 1"),
        Row("|", "````\nx = \"```\"\n````", "x = \"```\""),
        Row("|", "```python\nx = 1```", "x = 1"),
        Row("|", "```python\nx = 1\n``", "x = 1"),
        Row("|", "```python\nx = 1\n``` Hope it helps!", "x = 1"),
        Row("|", "```\n\n```\n```\nx\n```", "x"),
        // A backtick is no part of the name of a language: the code begins in the line of the fence.
        Row("|", "```console.log(`hi`)\n```", "console.log(`hi`)", in: "javascript"),
        Row("|", "```console.log(`hi there`)\n```\nDone.", "console.log(`hi there`)", in: "javascript"),
        Row("|", "\n````f(`a`)\ng()\n````\n", "f(`a`)\ng()", in: "javascript"),
        Row("|", "```f(`a`)", "f(`a`)", in: "javascript"),
        Row("|", "```a`\nx", "a`\nx"),
        Row("def f():\n    |", "    ```python\n    return 1\n    ```", "return 1"),
        Row("|", "```markdown\n# T\n```sh\nmake\n```\n```", "# T\n```sh\nmake\n```", in: "markdown"),
    ]

    /// Explanations around a fence.
    private static let explanations = [
        Row("|", "Here is the completion:\n```python\nx = 1\n```\nHope it helps!", "x = 1"),
        Row("|", "Here is the completion:\n\n```python\nx = 1\n```\n\nHope it helps!\n", "x = 1"),
        Row("|", "Sure! Here's the rest of your function:\n\n```\nx = 1\n```", "x = 1"),
        Row("|", "here you go:\n```\nx = 1\n```", "x = 1"),
        Row("|", "I've completed the function\n```py\nx = 1\n```\n* `x` is 1", "x = 1"),
        Row("|", "Voici le code :\n~~~python\nx = 1\n~~~\nVoilà !", "x = 1"),
        Row("|", "代码如下：\n```python\nx = 1\n```", "x = 1"),
        Row("|", "Here is the completion:\r\n```python\r\nx = 1\r\n```\r\nDone.", "x = 1"),
        Row("|", "Here is the code: ```python\nx = 1\n```", "x = 1"),
        Row("|", "The completion is: ```x = 1```", "x = 1"),
        Row("|", "Here is the code: ````python\nx = 1\n````", "x = 1"),
        Row("|", "Here is the code: ```f(`a`)\ng()\n```", "f(`a`)\ng()", in: "javascript"),
        Row("|", "Here is the code:\n```f(`a b`)\n```\nDone.", "f(`a b`)", in: "javascript"),
        Row("|", "Here is the code: ```python\n```\nDone.", nil),
        Row("|", "Here it is:\n```python\nx = 1\ny = 2", "x = 1\ny = 2"),
        Row("|", "First:\n```python\nimport a\n```\nThen:\n```python\nb()\n```", "import a"),
        Row("|", "x = 1\n```\nThis sets x.", "x = 1"),
        Row("|", "return x\n```\nThis returns x:\n```python\nreturn x\n```", "return x"),
        Row("def f():\n    |", "Here:\n```python\n    return 1\n```", "return 1"),
        // Without a fence there is nothing to take.
        Row("|", "Here is the completion:\nx = 1\n", nil),
        Row("|", "The function is already complete, so nothing needs to be inserted.", nil),
        Row("|", "Sure! I can help you with that.", nil),
        Row("|", "I'm sorry, but I can't complete this code.", nil),
        Row("|", "x = 1\n\nThis sets `x` to the number one.", "x = 1"),
    ]

    /// What looks like an explanation, or like a fence, and belongs to the document.
    private static let documents = [
        Row("# T\n\n|", "Run this:\n\n```sh\nmake\n```\n", "Run this:\n\n```sh\nmake\n```", in: "markdown"),
        Row("# T\n\n|", "```sh\nmake\n```\n", "```sh\nmake\n```", in: "markdown"),
        Row("# T\n\n|", "Sure! Here you go:\n```sh\nmake\n```\nBye.", "```sh\nmake\n```", in: "markdown"),
        Row("# T\n\n|", "Here is the code of the server.", "Here is the code of the server.", in: "markdown"),
        Row("|", "Here is the list of all members.", "Here is the list of all members.", in: "text"),
        Row("<p>|</p>", "Here is the list of all members.", "Here is the list of all members.", in: "html"),
        Row("return <p>|</p>", "Here is the list of all members.", "Here is the list of all members.", in: "tsx"),
        Row("# |", "This function returns the sum.", "This function returns the sum."),
        Row("// |", "This function returns the sum.", "This function returns the sum.", in: "swift"),
        Row("/**\n * |\n */", "Returns the sum of both.", "Returns the sum of both.", in: "java"),
        Row("print(\"|\")", "Sure, here are your items!", "Sure, here are your items!"),
        Row("a = 1 |", "# This function returns the sum.\nb = 2", "# This function returns the sum.\nb = 2"),
        Row("|", "// This returns the sum.\nreturn a", "// This returns the sum.\nreturn a", in: "go"),
        Row("|", "return Total(items)", "return Total(items)"),
        Row("|", "Item = Total\nOther = Item", "Item = Total\nOther = Item"),
        Row("|", "SELECT Name FROM Users WHERE Id = 1", "SELECT Name FROM Users WHERE Id = 1", in: "sql"),
        Row("|", "If Name Is Nothing Then", "If Name Is Nothing Then", in: "vb"),
        Row("|", "Sure = True", "Sure = True"),
        Row("|", "Certainly(x)", "Certainly(x)"),
        Row("match x:\n    |", "case Foo():\n        pass", "case Foo():\n        pass"),
        Row(
            "def f():\n    \"\"\"|", "Adds.\n\n    ```\n    f()\n    ```\n    \"\"\"\n    return 1",
            "Adds.\n\n    ```\n    f()\n    ```\n    \"\"\"\n    return 1"),
        Row(
            "|", "def f():\n    \"\"\"Adds.\n\n    ```\n    f()\n    ```\n    \"\"\"\n    return 1",
            "def f():\n    \"\"\"Adds.\n\n    ```\n    f()\n    ```\n    \"\"\"\n    return 1"),
        Row("|", "msg: This is a text.", "msg: This is a text.", in: "yaml"),
        Row("f(X, Y) :- |", "X is Y.", "X is Y.", in: "prolog"),
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

    @Test(arguments: plain + fences + explanations + documents + repetitions + overlaps)
    func cleans(_ row: Row) {
        #expect(SuggestionCleaner(row.window, language: row.language).cleaned(row.answer) == row.suggestion)
    }

    @Test func boundsTheLength() throws {
        let cleaner = SuggestionCleaner(CodeWindow(before: "", after: ""), language: "swift")
        let lines = String(repeating: "let a = 1\n", count: 1_000)
        let cut = try #require(cleaner.cleaned(lines))
        #expect(cut.utf16.count == 3_999)
        #expect(lines.hasPrefix(cut + "\n"))
        let line = try #require(cleaner.cleaned("a" + String(repeating: "😀", count: 5_000)))
        #expect(line.utf16.count == 3_999)
        #expect(!line.contains("\u{FFFD}"))
    }

    @Test("an answer of fences takes neither long nor a deep stack", .timeLimit(.minutes(1)))
    func enduresFences() {
        let window = CodeWindow(before: "", after: "")
        let cleaner = SuggestionCleaner(window, language: "python")
        let blocks = String(repeating: "```\n```\n", count: 1_999)
        #expect(cleaner.cleaned(blocks) == nil)
        #expect(cleaner.cleaned(blocks + "```\nx") == "x")
        let backticks = String(repeating: "`", count: 16_000)
        #expect(cleaner.cleaned(backticks) == nil)
        #expect(cleaner.cleaned("Here is the code: " + backticks) == nil)
        let openings = String(repeating: "```a`\n", count: 2_600)
        #expect(cleaner.cleaned(openings)?.hasPrefix("a`\n```a`\n") == true)
        // More than the cleaner passes on, so that work beyond a linear amount exceeds the time limit.
        let place = InsertionPlace(window, language: "python")
        let manyBlocks = String(repeating: "```py\n\n```\n", count: 10_000) + "```\nx\n```"
        #expect(FencedAnswer(manyBlocks, at: place).content() == "x")
        let quoted = "\"\"\"\n" + String(repeating: "```\n", count: 20_000) + "\"\"\""
        #expect(FencedAnswer(quoted, at: place).content() == quoted)
    }

    @Test("whatever the model says, the suggestion is well-formed")
    func survivesAnything() {
        let pieces = [
            "```", "~~~", "Here it is:", "\n", "a", "😀", "\r", "(", "\u{0}", " ", "\u{301}", "\"", "ab\n", "`",
            "```x`y`\n",
        ]
        let texts = pieces.flatMap { one in pieces.flatMap { two in pieces.map { one + two + $0 } } }
        for text in texts {
            for before in ["", "a", "😀", "ab\n", "\r"] {
                let window = CodeWindow(before: before, after: text)
                let language = before.isEmpty ? "markdown" : "python"
                let suggestion = SuggestionCleaner(window, language: language).cleaned(text + before + text)
                #expect(suggestion?.isEmpty != true)
                #expect(suggestion?.utf8.contains(0) != true && suggestion?.contains("\u{FFFD}") != true)
            }
        }
    }
}
