import ConfigFile
import Foundation
import ProviderKit
import TestSupport
import Testing

/// What a `.env` gives, and what keeps a server from starting.
@Suite struct EnvironmentFileTests {
    /// A file, and what `A` and `B` are with it: nil when they are not set.
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        let a: String?
        let b: String?
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ a: String?, _ b: String? = nil) {
            (self.text, self.a, self.b) = (text, a, b)
        }
    }

    private static let rows = [
        // Blanks, comments and the word `export`.
        Row("A=1", "1"), Row("A = 1", "1"), Row("  A\t=\t1  ", "1"), Row("export A=1", "1"),
        Row("export\tA = 1", "1"), Row("# A=0\nA=1#2 # 3\n#", "1#2"), Row("A=# nothing", ""), Row("A=", ""),
        Row("A=\nB=2", "", "2"), Row("A =\nB=2", "", "2"), Row("A=a=b", "a=b"), Row("export=1\nA=2", "2"),
        Row("A: 1\nB:  \"2\" # two", "1", "2"), Row("A=x y ", "x y"),
        // Quotes.
        Row("A=\"1 # 2\" # 3", "1 # 2"), Row("A='1 # 2'#3", "1 # 2"), Row("A=`\"'`", "\"'"), Row("A=\"\"", ""),
        Row("A='single $x \\n #'", "single $x \\n #"), Row("A=it's", "it's"), Row("A='C:\\dir\\'", "C:\\dir\\"),
        Row("A='it\\'s'", "it's"), Row("A=\"\\\"q\\\" \\$ \\\\ \\x\\t\"", "\"q\" $ \\ \\x\t"),
        Row("A=\"${B}\"\nB=2", "${B}", "2"), Row("A=\"e\u{301}\"", "e\u{301}"), Row("A=\"\u{301}\"", "\u{301}"),
        // Several lines.
        Row("A=\"1\n2\n\"\nB=3", "1\n2\n", "3"), Row("A='1\n B=2'\nB=3", "1\n B=2", "3"),
        Row("A=\"1\r\n2\"\r\nB=3\r\n", "1\n2", "3"), Row("A=\"1\\n2\"", "1\n2"), Row("A=1\rB=2", "1", "2"),
        // The last one holds.
        Row("A=1\nA=2", "2"), Row("A=1\nA=", ""),
        // What others have in it.
        Row("\u{FEFF}A=1", "1"), Row("DEBUG\nA=1", "1"), Row("a.b=0\na-b=0\nA=1", "1"), Row("X Y=0\nA=1", "1"),
        Row("KEY=\"-----BEGIN KEY-----\nMII=\n-----END KEY-----\"\nA=1", "1"), Row("1X=0\n=0\nA=1", "1"),
        Row("X='0' y\nA=1", "1"), Row("A=1\nX=\"not closed\n and A, B=2\n", "1"), Row("export X\nA=1", "1"),
        Row("A=1\nBA AB_ _A A1", "1"),
    ]

    @Test(arguments: rows) func isReadAsDotenvDoes(_ row: Row) throws {
        let yaml = "storage: {sqlite: {path: \"/x|${A:-empty}|${B:-empty}\"}}"
        func shown(_ value: String?) -> String { value?.isEmpty == false ? value ?? "" : "empty" }
        let path = try load(yaml, dotEnv: row.text).storage.values[TestCatalog.SQLite.path]
        #expect(path == "/x|\(shown(row.a))|\(shown(row.b))")
    }

    @Test(arguments: [
        ("A", ".env:1:1: A: the line has no `=`"), ("X=1\n\n  A hunter2", ".env:3:3: A: the line has no `=`"),
        ("export A", ".env:1:8: A: the line has no `=`"),
        ("A B=hunter2", ".env:1:1: A: what stands before `=` is not a variable's name"),
        ("X é A=hunter2", ".env:1:1: A: what stands before `=` is not a variable's name"),
        ("A='hunter2' x", ".env:1:3: A: the quotes do not end, or text follows them"),
        ("X='hunter2' A=1", ".env:1:3: A: the quotes do not end, or text follows them"),
        ("A = \"hunter2\nB=2", ".env:1:5: A: the quotes do not end, or text follows them"),
        ("é\nX=\"hunter2\n  export A=2", ".env:2:3: A: the quotes do not end, or text follows them"),
        ("X=\"hunter2\nA=\"2\"\n", ".env:1:3: A: the quotes do not end, or text follows them"),
        ("X=1\nDATABASE_URL hunter2", ".env:2:1: DATABASE_URL: the line has no `=`"),
        ("PORT", ".env:1:1: PORT: the line has no `=`"),
    ])
    func aLineThatCannotBeReadMattersWhereAVariableStandsInIt(_ text: String, _ start: String) throws {
        let line = try #require(try refusal(of: "server: {host: \"${A:-a}\"}", dotEnv: text))
        #expect(line.hasPrefix(start))
        #expect(!line.contains("hunter2"))
    }

    @Test func whatTheEnvironmentSetsDoesNotMatterInTheFile() throws {
        let yaml = "server: {host: \"${A:-a}\"}"
        #expect(try load(yaml, environment: ["A": "b"], dotEnv: "A 1\n").server.host == "b")
    }

    @Test func whatIsNotUTF8MattersWhereItIsUsed() throws {
        let folder = try TemporaryFolder(["config.yaml": "server: {host: \"${A:-a}\"}"])
        try folder.write(Data("# caf".utf8) + [0xE9] + Data("\nX=caf".utf8) + [0xE9] + Data("\nA=b".utf8), to: ".env")
        #expect(try folder.load().server.host == "b")
        try folder.write(Data("X=1\nA=\"caf".utf8) + [0xE9] + Data("\"".utf8), to: ".env")
        let error = #expect(throws: ConfigurationError.self) { try folder.load() }
        #expect(error?.description == ".env:2:7: A: is not UTF-8; save the file as UTF-8")
    }

    @Test(arguments: [true, false]) func whatPowerShellWritesIsRead(_ isLittle: Bool) throws {
        let folder = try TemporaryFolder(["config.yaml": "server: {host: \"${A:-a}\"}"])
        let units = "\u{FEFF}X=é\r\nA=b\r\n".utf16.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isLittle ? bytes.reversed() : bytes
        }
        try folder.write(Data(units), to: ".env")
        #expect(try folder.load().server.host == "b")
    }

    @Test("whatever others have in it, the server starts") func survivesAnything() throws {
        let pieces = ["A", "=", "\"", "'", "\n", " ", "\\", "#", "export ", ": ", "é", "\r", "B=1\n"]
        for one in pieces {
            for two in pieces {
                let folder = try TemporaryFolder([".env": one + two + one + "1" + two])
                _ = try folder.load()
            }
        }
    }
}
