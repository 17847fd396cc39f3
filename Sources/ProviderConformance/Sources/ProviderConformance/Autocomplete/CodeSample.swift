import CollabText
import ProviderKit

/// A text that a provider may stumble over.
struct CodeSample: Sendable, CustomStringConvertible {
    let description: String
    let language: String
    let text: TextBuffer

    private init(_ description: String, _ language: String, _ text: String) {
        self.description = description
        self.language = language
        self.text = TextBuffer(text)
    }

    /// Every position that a cursor may have: none inside a surrogate pair.
    var cursors: [Int] {
        (0...text.count).filter { $0 == text.count || !UTF16.isTrailSurrogate(text[$0]) }
    }

    /// A request that has all the time it needs unless it is told otherwise.
    func request(at cursor: Int, deadline: ContinuousClock.Instant = .now + .seconds(300)) -> CompletionRequest {
        CompletionRequest(text: text, cursor: cursor, language: language, deadline: deadline)
    }

    /// Texts that are small enough to try every cursor.
    static let small = [
        CodeSample("empty text", "python", ""),
        CodeSample("one line", "python", "def "),
        CodeSample("blank lines", "go", "\n\n\t\n"),
        CodeSample("CRLF", "javascript", "if (a) {\r\n  console.\r\n}\r\n"),
        CodeSample("emoji in a name", "swift", "let 👩‍👩‍👧🇫🇷 = \"😀\"\nlet 👩‍👩"),
        CodeSample("combining marks", "python", "cafe\u{301}_total = 1\ncafe\u{301}\u{323}\ncaf"),
        CodeSample("right to left", "rust", "let שלום_עולם = \"مرحبا\"; // \u{202E}של\nשל"),
        CodeSample("unbalanced brackets", "java", "}}]) if (((\"[{ 'x' \\"),
        CodeSample("unfinished string", "typescript", "const a = `one ${two `three ${"),
        CodeSample("unfinished comment", "swift", "/* one /* two */ let tw"),
        CodeSample("control characters", "go", "a\u{1}\u{7F}\u{85}\u{2028}b\u{FEFF}aa\u{FFFE}a"),
        CodeSample("unknown language", "klingon", "Qapla' QaplaHa'\nQap"),
        CodeSample("language without a name", "", "word words wor"),
    ]

    /// 1 MiB of code, as UTF-16 code units.
    static let large = CodeSample(
        "1 MiB of code", "python",
        String(String(repeating: "def total(items):  # sum\n    return sum(items)\n\n", count: 22_000).prefix(1 << 20)))
}
