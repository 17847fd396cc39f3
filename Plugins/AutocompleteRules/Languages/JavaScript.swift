extension LanguageRules {
    /// JavaScript, with or without JSX.
    static let javaScript = LanguageRules(
        name: "javascript", aliases: ["js", "jsx", "mjs", "cjs", "javascriptreact", "node"],
        syntax: LexicalSyntax(
            lineComments: ["//"], blockComments: [.slashStar],
            strings: [
                StringSyntax("\""), StringSyntax("'"),
                StringSyntax("`", spansLines: true, interpolation: .dollarBraces),
            ]),
        indentation: "  ",
        blocks: .braces,
        leadIns: ["export", "default", "async", "static", "}"],
        statements: [
            "const ", "return ", "function ", "let ", "if ", "else ", "for ", "while ", "import ", "export ", "class ",
            "async ", "await ", "switch ", "case ", "break", "continue", "default", "throw ", "try ", "catch ",
            "finally ", "console.log()", "constructor()", "static ", "delete ", "yield ", "var ",
        ],
        expressions: [
            "this", "true", "false", "null", "undefined", "function ", "await ", "async ", "new ", "typeof ",
            "instanceof ", "document", "window", "console", "super()", "require()", "from ", "extends ",
        ],
        snippets: [
            .line("function ", "name() {\n\t\n}"),
            .line("export default ", "function name() {\n\t\n}"),
            .line("class ", "Name {\n\t\n}"),
            .line("constructor", "() {\n\t\n}"),
            .line("if ", "(condition) {\n\t\n}"),
            .line("else ", "{\n\t\n}"),
            .line("else if ", "(condition) {\n\t\n}"),
            .line("for ", "(const item of items) {\n\t\n}"),
            .line("for (", "const item of items) {\n\t\n}"),
            .line("while ", "(condition) {\n\t\n}"),
            .line("switch ", "(value) {\n\tcase option:\n\t\tbreak;\n}"),
            .line("try ", "{\n\t\n} catch (error) {\n\t\n}"),
            .line("catch ", "(error) {\n\t\n}"),
            .line("finally ", "{\n\t\n}"),
            .line("const ", "name = value;"),
            .line("let ", "name = value;"),
            .line("import ", "{ name } from \"module\";"),
            .line("import {", " name } from \"module\";"),
            .line("throw ", "new Error(\"message\");"),
            .line("throw new ", "Error(\"message\");"),
            .anywhere("console.", "log()"),
            .anywhere("JSON.", "stringify()"),
            .anywhere("Object.", "keys()"),
            .anywhere("Array.", "from()"),
            .anywhere("Math.", "max()"),
            .anywhere("Promise.", "all()"),
            .anywhere("document.", "querySelector()"),
            .anywhere("new Promise", "((resolve, reject) => {\n\t\n})"),
        ])
}
