extension LanguageRules {
    /// Python 3.
    static let python = LanguageRules(
        name: "python", aliases: ["py", "py3", "python3", "pyi"],
        syntax: LexicalSyntax(
            lineComments: ["#"],
            strings: [
                StringSyntax("\"\"\"", spansLines: true), StringSyntax("'''", spansLines: true), StringSyntax("\""),
                StringSyntax("'"),
            ]),
        indentation: "    ",
        blocks: .colon(after: [
            "class", "def", "if", "elif", "else", "for", "while", "with", "try", "except", "finally", "match", "case",
        ]),
        leadIns: ["async"],
        statements: [
            "def ", "class ", "return ", "import ", "from ", "for ", "while ", "if ", "elif ", "else:", "try:",
            "except ", "finally:", "with ", "print()", "raise ", "pass", "break", "continue", "assert ", "async ",
            "await ", "yield ", "global ", "nonlocal ", "del ", "match ", "case ",
        ],
        expressions: [
            "self", "None", "True", "False", "not ", "and ", "is ", "in ", "or ", "len()", "range()", "enumerate()",
            "isinstance()", "str()", "int()", "list()", "dict()", "set()", "sorted()", "lambda ", "await ", "super()",
            "zip()", "open()", "print()", "import ",
        ],
        snippets: [
            .line("def ", "function_name():"),
            .line("def __", "init__(self):"),
            .line("def __init__", "(self):"),
            .line("class ", "ClassName:"),
            .line("if __name__", " == \"__main__\":"),
            .line("if __name__ ", "== \"__main__\":"),
            .line("if __name__ == ", "\"__main__\":"),
            .line("if ", "condition:"),
            .line("elif ", "condition:"),
            .line("for ", "item in items:"),
            .line("for i in ", "range(10):"),
            .line("for item in ", "items:"),
            .line("for key, ", "value in mapping.items():"),
            .line("while ", "True:"),
            .line("with ", "open(path) as file:"),
            .line("with open", "(path) as file:"),
            .line("except ", "Exception as error:"),
            .line("raise ", "ValueError(\"message\")"),
            .line("match ", "value:"),
            .line("case ", "_:"),
            .line("@", "property"),
            .once("import ", "os"),
            .once("import ", "sys"),
            .once("import ", "json"),
            .once("import ", "re"),
            .once("from ", "pathlib import Path"),
            .once("from ", "typing import Any"),
            .once("from dataclasses ", "import dataclass"),
            .anywhere("lambda ", "x: x"),
            .anywhere("os.path.", "join()"),
            .anywhere("json.", "dumps()"),
        ])
}
