import Testing

/// What a programmer sees while typing, a table for each language.
@Suite struct LanguageExamplesTests {
    @Test(arguments: [
        Example("def |", "function_name():"),
        Example("async def |", "function_name():"),
        Example("class |", "ClassName:"),
        Example("for |", "item in items:"),
        Example("for i in |", "range(10):"),
        Example("if __name__|", " == \"__main__\":"),
        Example("import |", "os"),
        Example("import os\nimport |", "sys"),
        Example("ret|", "urn "),
        Example("    pri|", "nt()"),
        Example("total = No|", "ne"),
        Example("def total():|", "\n    "),
        Example("if ready:\n  run()\nelse:|", "\n  "),
        Example("with |", "open(path) as file:"),
        Example("def total(items:|", nil),
        Example("part = items[1:|", nil),
        Example("names = {\"a\":|", nil),
        Example("price_total = 3\nprint(pri|)", "ce_total"),
        Example("print(\"def |", nil),
        Example("# def |", nil),
        Example("'''\ndef |\n'''", nil),
        Example("'''\ntext\n'''\ndef |", "function_name():"),
    ])
    func python(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("function |", "name() {\n  \n}"),
        Example("export function |", "name() {\n  \n}"),
        Example("export default |", "function name() {\n  \n}"),
        Example("console.|", "log()"),
        Example("render(JSON.|)", "stringify()"),
        Example("const |", "name = value;"),
        Example("cons|", "t "),
        Example("if |", "(condition) {\n  \n}"),
        Example("if (a) {\n\trun();\n} else |", "{\n\t\n}"),
        Example("if (a) { ret|", "urn "),
        Example("if (a) {|", "\n  "),
        Example("if (a) {|\n  run();\n}", nil),
        Example("function |\n  return 1;\n}", "name() {"),
        Example("const a = `x ${console.|", "log()"),
        Example("const a = `console.|", nil),
        Example("const a = `${|", nil),
        Example("const a = `${re|", "quire()"),
        Example("const a = `${b}` + console.|", "log()"),
        Example("// console.|", nil),
        Example("/* console.| */", nil),
        Example("myconsole.|", nil),
    ])
    func javaScript(_ example: Example) async throws {
        try await example.check(in: "javascript")
    }

    @Test(arguments: [
        Example("interface |", "Name {\n  \n}"),
        Example("export interface |", "Name {\n  \n}"),
        Example("inter|", "face "),
        Example("type |", "Name = {\n  \n};"),
        Example("enum |", "Name {\n  \n}"),
        Example("function |", "name(): void {\n  \n}"),
        Example("let a: num|", "ber"),
        Example("run(): Promise<|", "void>"),
        Example("console.|", "log()"),
        Example("class A {\n    private readonly |\n}", "name: string;"),
        Example("const a = \"interface |", nil),
    ])
    func typeScript(_ example: Example) async throws {
        try await example.check(in: "typescript")
    }

    @Test(arguments: [
        Example("func |", "name() {\n    \n}"),
        Example("public static func |", "name() {\n    \n}"),
        Example("struct A {\n  func |\n}", "name() {\n    \n  }"),
        Example("guard |", "condition else {\n    return\n}"),
        Example("guard let |", "value else {\n    return\n}"),
        Example("    if let |", "value {\n        \n    }"),
        Example("for |", "item in items {\n    \n}"),
        Example("switch |", "value {\ncase .name:\n    break\n}"),
        Example("gua|", "rd "),
        Example("let a = ni|", "l"),
        Example("func total() {|", "\n    "),
        Example("import |", "Foundation"),
        Example("import Foundation\nimport |", nil),
        Example("let a = \"func |", nil),
        Example("let a = \"\\(b + \"c\")\"; func |", nil),
        Example("/* a /* b */ func |", nil),
        Example("/* a */ fu|", nil),
    ])
    func swift(_ example: Example) async throws {
        try await example.check(in: "swift")
    }

    @Test(arguments: [
        Example("func |", "name() {\n\t\n}"),
        Example("func main|", "() {\n\t\n}"),
        Example("\tif err|", " != nil {\n\t\treturn err\n\t}"),
        Example("\tif err != nil {|", "\n\t\treturn err\n\t}"),
        Example("\tif err != nil {|\n\t\treturn err\n\t}", nil),
        Example("package |", "main"),
        Example("for |", "_, item := range items {\n\t\n}"),
        Example("type |", "Name struct {\n\t\n}"),
        Example("fmt.|", "Println()"),
        Example("retu|", "rn "),
        Example("return ni|", "l"),
        Example("func total() {|", "\n\t"),
        Example("a := `func\nfmt.|", nil),
        Example("// func |", nil),
    ])
    func go(_ example: Example) async throws {
        try await example.check(in: "go")
    }

    @Test(arguments: [
        Example("fn |", "name() {\n    \n}"),
        Example("pub async fn |", "name() {\n    \n}"),
        Example("let mut |", "name = value;"),
        Example("match |", "value {\n    _ => {}\n}"),
        Example("#[der|", "ive(Debug, Clone)]"),
        Example("prin|", "tln!()"),
        Example("println!|", "(\"{}\")"),
        Example("let a = Vec::|", "new()"),
        Example("let a = So|", "me()"),
        Example("fn total<'a>(a: &'a str) {|", "\n    "),
        Example("let a = '\"'; let b = So|", "me()"),
        Example("let a = r#\"\"fn \"#; let b = So|", "me()"),
        Example("let a = r#\"\nfn |", nil),
        Example("/* /* */ fn |", nil),
    ])
    func rust(_ example: Example) async throws {
        try await example.check(in: "rust")
    }

    @Test(arguments: [
        Example("public static void |", "main(String[] args) {\n    \n}"),
        Example("    private void |", "name() {\n        \n    }"),
        Example("public class |", "Name {\n    \n}"),
        Example("for |", "(var item : items) {\n    \n}"),
        Example("for (int i|", " = 0; i < count; i++) {\n    \n}"),
        Example("System.|", "out.println()"),
        Example("System.out.|", "println()"),
        Example("try |", "{\n    \n} catch (Exception e) {\n    \n}"),
        Example("pub|", "lic "),
        Example("public cl|", "ass "),
        Example("import |", "java.util.List;"),
        Example("import java.util.List;\nimport |", "java.util.Map;"),
        Example("String a = \"System.|", nil),
        Example("/** class |", nil),
    ])
    func java(_ example: Example) async throws {
        try await example.check(in: "java")
    }

    @Test(arguments: ["py", "js", "jsx", "ts", "tsx", "swift", "golang", "rs", "java"])
    func namesThatClientsUseAreKnown(_ alias: String) async throws {
        let example = ["py": Example("whi|", "le "), "swift": Example("gua|", "rd ")][alias] ?? Example("retu|", "rn ")
        try await example.check(in: alias)
    }
}
