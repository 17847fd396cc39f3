import CollabText
import Testing

@testable import AutocompleteRules

/// What a suggestion depends on is a window around the cursor.
@Suite struct WindowTests {
    /// Blank lines are code in every language. A part of the examples will do.
    @Test(arguments: Example.all.enumerated().filter { $0.offset % 5 == 0 }.map(\.element))
    func anAnswerIsTheSameFarDownInAText(_ example: Example) async throws {
        try await example.check(behind: Array(repeating: 0x0A, count: 100_000))
    }

    @Test(arguments: [0, 1, 40_000, 100_000, 999_990])
    func nothingElseIsCopied(_ cursor: Int) {
        let line = Array("total = 1 # 😀\n".utf16)
        let text = TextBuffer(units: (0..<1_000_000).map { line[$0 % line.count] })
        let source = Source(text: text, cursor: cursor, names: NameUnits(and: ""))
        #expect(source.units.count <= Source.reachBefore + Source.reachBehind)
        #expect(source.units.starts(with: "total".utf16), "it begins with a line")
        #expect(source.cursor <= cursor)
        #expect(Array(source.units[..<source.cursor]) == text[(cursor - source.cursor)..<cursor])
    }

    @Test func aTextWithoutLinesIsCutBetweenCharacters() {
        let text = TextBuffer(units: Array(String(repeating: "😀", count: 50_000).utf16))
        for cursor in [40_000, 40_002] {
            let source = Source(text: text, cursor: cursor, names: NameUnits(and: ""))
            #expect(source.units.first.map(UTF16.isLeadSurrogate) == true)
        }
        let shifted = TextBuffer(units: [0x61] + text[0..<90_000])
        let source = Source(text: shifted, cursor: 40_001, names: NameUnits(and: ""))
        #expect(source.units.first.map(UTF16.isLeadSurrogate) == true)
    }

    /// The window may begin anywhere: in code, in a comment and in a string.
    @Test(arguments: [
        (
            "python",
            "def sum(items):\n    \"\"\"The sum.\n\n    They are added, one by one.\n    \"\"\"\n    return 1\n\n",
            "def ", "function_name():", "\"\"\"The sum.\n\nof items"
        ),
        (
            "javascript",
            "/*\n * Adds it up.\n * It isn't much.\n */\nfunction total(a) {\n  return `sum\n  of ${a}\n`;\n}\n",
            "function ", "name() {\n  \n}", "/*\n * function"
        ),
        (
            "rust",
            "fn total(a: &'static str) -> String {\n    let a = \"one\ntwo\nthree\";\n    a.into()\n}\n",
            "fn ", "name() {\n    \n}", "/* fn"
        ),
    ])
    func whatTheWindowBeginsInIsFound(
        _ language: String, _ piece: String, _ typed: String, _ suggestion: String, _ start: String
    ) async throws {
        let prologue = Array(String(repeating: piece, count: 60_000 / piece.utf16.count).utf16)
        for shift in stride(from: 0, to: piece.utf16.count, by: 5) {
            let filler = Array(repeating: UInt16(0x20), count: shift) + [0x0A]
            let code = Example(
                language: language, title: "code", code: String(repeating: "\n", count: shift) + "\(typed)‸",
                suggestion: suggestion)
            try await code.check(behind: filler + prologue)
            let noCode = Example(
                language: language, title: "no code", code: String(repeating: "\n", count: shift) + "\(start) ‸",
                suggestion: nil)
            try await noCode.check(behind: filler + prologue)
        }
    }
}
