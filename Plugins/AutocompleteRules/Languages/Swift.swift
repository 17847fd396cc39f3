extension LanguageRules {
    /// Swift 6.
    static let swift = LanguageRules(
        name: "swift",
        syntax: LexicalSyntax(
            lineComments: ["//"], blockComments: [.nestingSlashStar],
            strings: [
                StringSyntax(
                    "#\"\"\"", "\"\"\"#", escapes: false, spansLines: true, interpolation: .rawBackslashParentheses),
                StringSyntax("#\"", "\"#", escapes: false, interpolation: .rawBackslashParentheses),
                StringSyntax("\"\"\"", spansLines: true, interpolation: .backslashParentheses),
                StringSyntax("\"", interpolation: .backslashParentheses),
            ]),
        indentation: "    ",
        blocks: .braces,
        leadIns: [
            "public", "private", "internal", "fileprivate", "package", "open", "static", "final", "override",
            "mutating", "nonisolated", "indirect", "lazy", "weak", "@MainActor", "@Sendable", "@discardableResult",
            "@Test", "@Suite", "}",
        ],
        statements: [
            "func ", "return ", "let ", "guard ", "if ", "else ", "for ", "while ", "var ", "switch ", "case ",
            "struct ", "class ", "enum ", "protocol ", "extension ", "actor ", "import ", "init()", "deinit", "defer ",
            "do ", "catch ", "throw ", "try ", "await ", "break", "continue", "default:", "fallthrough", "repeat ",
            "print()", "private ", "public ", "static ", "override ", "final ", "mutating ", "internal ",
            "fileprivate ", "typealias ", "associatedtype ", "subscript",
        ],
        expressions: [
            "self", "nil", "true", "false", "try ", "await ", "some ", "any ", "let ", "throws ", "async ", "String",
            "Int", "Bool", "Double", "super", "Self", "inout ", "where ", "is ", "as ", "in ", "print()",
        ],
        snippets: [
            .line("func ", "name() {\n\t\n}"),
            .line("struct ", "Name {\n\t\n}"),
            .line("class ", "Name {\n\t\n}"),
            .line("enum ", "Name {\n\t\n}"),
            .line("actor ", "Name {\n\t\n}"),
            .line("protocol ", "Name {\n\t\n}"),
            .line("extension ", "Name {\n\t\n}"),
            .line("init", "() {\n\t\n}"),
            .line("deinit ", "{\n\t\n}"),
            .line("guard ", "condition else {\n\treturn\n}"),
            .line("guard let ", "value else {\n\treturn\n}"),
            .line("if ", "condition {\n\t\n}"),
            .line("if let ", "value {\n\t\n}"),
            .line("else ", "{\n\t\n}"),
            .line("else if ", "condition {\n\t\n}"),
            .line("for ", "item in items {\n\t\n}"),
            .line("for i in ", "0..<count {\n\t\n}"),
            .line("for item in ", "items {\n\t\n}"),
            .line("while ", "condition {\n\t\n}"),
            .line("repeat ", "{\n\t\n} while condition"),
            .line("switch ", "value {\ncase .name:\n\tbreak\n}"),
            .line("do ", "{\n\t\n} catch {\n\t\n}"),
            .line("catch ", "{\n\t\n}"),
            .line("defer ", "{\n\t\n}"),
            .line("let ", "name = value"),
            .line("var ", "name = value"),
            .line("typealias ", "Name = Type"),
            .once("import ", "Foundation"),
            .anywhere("Task.", "sleep(for: .seconds(1))"),
            .anywhere("DispatchQueue.", "main.async {\n\t\n}"),
        ])
}
