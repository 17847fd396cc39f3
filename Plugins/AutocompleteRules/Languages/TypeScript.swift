extension LanguageRules {
    /// JavaScript's rules, and those of its types.
    static let typeScript = LanguageRules(
        name: "typescript", aliases: ["ts", "tsx", "mts", "cts", "typescriptreact"],
        syntax: javaScript.syntax,
        indentation: javaScript.indentation,
        blocks: javaScript.blocks,
        leadIns: javaScript.leadIns.union([
            "abstract", "declare", "override", "private", "protected", "public", "readonly",
        ]),
        statements: javaScript.statements + [
            "interface ", "type ", "enum ", "private ", "public ", "protected ", "readonly ",
            "abstract ", "declare ",
        ],
        expressions: javaScript.expressions + [
            "string", "number", "boolean", "unknown", "void", "never", "keyof ", "readonly ", "implements ",
            "Promise<>", "Record<>",
        ],
        snippets: [
            .line("interface ", "Name {\n\t\n}"),
            .line("type ", "Name = {\n\t\n};"),
            .line("enum ", "Name {\n\t\n}"),
            .line("namespace ", "Name {\n\t\n}"),
            .line("function ", "name(): void {\n\t\n}"),
            .line("const ", "name: string = value;"),
            .line("import type ", "{ Name } from \"module\";"),
            .line("readonly ", "name: string;"),
            .line("private ", "name: string;"),
            .line("private readonly ", "name: string;"),
            .anywhere("Promise<", "void>"),
            .anywhere("Record<", "string, unknown>"),
        ] + javaScript.snippets)
}
