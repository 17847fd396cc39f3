/// The place of the cursor, as far as it tells whether prose and Markdown in an answer can be a part of the document.
struct InsertionPlace {
    /// Whether sentences belong there: the document is no program, or the cursor is in a comment or a string.
    let takesProse: Bool
    /// Whether the fences of Markdown belong there: the document is Markdown or has some, or the cursor is in a comment
    /// or a string over several lines.
    let takesFences: Bool
    let isMarkdown: Bool
    /// The comment or the string over several lines that the cursor is in.
    let longText: LongText

    /// - Parameter language: as a client named it.
    init(_ window: CodeWindow, language: String) {
        let language = language.lowercased()
        var longText = LongText()
        longText.read(window.before[...])
        self.longText = longText
        let line = window.before.suffix(from: window.before.lastIndex(where: \.isNewline) ?? window.before.startIndex)
        takesProse =
            longText.isOpen || Self.documents.contains(language) || Self.isInCommentOrString(line)
            || Self.isInMarkup(window.before, language: language)
        isMarkdown = Self.markdown.contains(language)
        takesFences =
            longText.isOpen || isMarkdown
            || [window.before, window.after].contains { code in
                code.split(whereSeparator: \.isNewline).contains { CodeFence.mark(of: $0) != nil }
            }
    }

    private static let markdown: Set = [
        "asciidoc", "markdown", "md", "mdx", "org", "plain", "plaintext", "qmd", "quarto", "rmarkdown", "rmd",
        "restructuredtext", "rst", "text", "txt", "typst",
    ]

    /// Languages in which a line may read like a sentence.
    private static let documents = markdown.union([
        "abap", "applescript", "cobol", "coq", "cucumber", "email", "erlang", "feature", "gherkin", "haml", "html",
        "inform7", "ini", "isabelle", "json", "latex", "lean", "mermaid", "plantuml", "prolog", "pug", "robot", "slim",
        "smalltalk", "svelte", "tex", "toml", "vue", "xml", "yaml", "yml",
    ])

    private static func isInCommentOrString(_ line: Substring) -> Bool {
        if ["//", "#", "--", "<!--"].contains(where: { line.firstRange(of: $0) != nil }) { return true }
        return ["\"", "'", "`"].contains { quote in
            let plain = line.replacing("\\\\", with: "").replacing("\\\(quote)", with: "")
            return !plain.count(where: { String($0) == quote }).isMultiple(of: 2)
        }
    }

    /// Whether the cursor may be in the text between two tags.
    private static func isInMarkup(_ code: String, language: String) -> Bool {
        let mayHaveTags = ["javascript", "javascriptreact", "jsx", "php", "tsx", "typescript", "typescriptreact"]
        return mayHaveTags.contains(language) && code.last { !$0.isWhitespace } == ">" && !code.hasSuffix("=> ")
    }
}
