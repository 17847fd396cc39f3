/// A `.env` file, read as the libraries named dotenv read it.
///
/// A statement is `NAME=value`, with blanks around `=` or without, `export NAME=value`, or `NAME: value`. A value in double
/// quotes, single quotes or backticks may go on over several lines; in double quotes, `\n`, `\r`, `\t`, `\\`, `\"`, `\$`
/// and ``\` `` are escapes. Outside of quotes, `#` begins a comment at the start of a value and behind a blank. Values are
/// literal: no variables are filled in. Of a name that is set twice, the last value holds.
///
/// Other tools have their own settings in the file, so a statement that cannot be read is a problem only if a variable
/// that somebody asks for stands in it.
struct EnvironmentFile {
    /// The variables that could be read.
    let variables: [String: Variables.Variable]
    private let file: String
    private let unreadable: [Unreadable]

    /// - Parameters:
    ///   - file: the file's name in errors.
    ///   - bytes: UTF-8, with any line breaks; or UTF-16 with a byte order mark.
    init(file: String, bytes: [UInt8]) {
        var parser = Parser(bytes)
        let statements = parser.statements()
        self.file = file
        var variables: [String: Variables.Variable] = [:]
        for case .assignment(let name, let value, let line) in statements {
            variables[name] = Variables.Variable(value: value, place: "\(file):\(line)")
        }
        self.variables = variables
        unreadable = statements.compactMap { statement in
            if case .unreadable(let statement) = statement { statement } else { nil }
        }
    }

    /// The first statement that cannot be read and has one of the variables in it; nil when there is none.
    ///
    /// The error tells the place and the variable but never what the statement holds, since that may be a secret.
    func problem(concerning names: Set<String>) -> ConfigurationError? {
        for statement in unreadable {
            guard let name = names.sorted().first(where: statement.mentions) else { continue }
            return ConfigurationError(
                file: file, position: statement.position, keyPath: name, found: statement.found, help: statement.help)
        }
        return nil
    }
}

/// A part of a file that is no statement.
private struct Unreadable {
    let position: SourcePosition
    let found: String
    let help: String
    /// The lines in question.
    let text: ArraySlice<UInt8>
    /// Whether a quote was not closed, so that the statement goes on to the end of the file.
    let isOpen: Bool

    /// Whether a variable stands in it: in a line anywhere; in what quotes hold together, at the start of one of its
    /// lines.
    func mentions(_ name: String) -> Bool {
        let lines = text.split(separator: .newline)
        guard isOpen || lines.count > 1 else { return lines.first?.hasWord(Array(name.utf8)) ?? false }
        return lines.contains { line in
            let start = line.drop(while: \.isBlank).withoutExport
            return start.starts(with: name.utf8) && start.dropFirst(name.utf8.count).first?.isWord != true
        }
    }
}

private enum Statement {
    case assignment(name: String, value: String, line: Int)
    case unreadable(Unreadable)
}

// MARK: -

/// Takes the file apart, byte by byte: all signs with a meaning are ASCII.
private struct Parser {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    /// The first byte of the line.
    private var lineStart = 0

    /// What was wrong with a statement.
    private struct Fault: Error {
        /// The byte that it is about.
        let index: Int
        let found: String
        let help: String
        var isOpen = false
    }

    init(_ bytes: [UInt8]) {
        var text = Self.utf8(bytes)[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        self.bytes = Self.withPlainLineBreaks(text)
    }

    /// Editors on Windows, and PowerShell, write UTF-16 with a mark at its start.
    private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func withPlainLineBreaks(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for (index, byte) in zip(text.indices, text) {
            guard byte == .carriageReturn else {
                result.append(byte)
                continue
            }
            let next = index + 1
            if next == text.endIndex || text[next] != .newline { result.append(.newline) }
        }
        return result
    }

    mutating func statements() -> [Statement] {
        var statements: [Statement] = []
        while let statement = next() { statements.append(statement) }
        return statements
    }

    private mutating func next() -> Statement? {
        skip { $0.isBlank || $0 == .newline }
        while peek == UInt8(ascii: "#") {
            skipLine()
            skip { $0.isBlank || $0 == .newline }
        }
        guard peek != nil else { return nil }
        let (start, startLine, startOfLine) = (index, line, lineStart)
        do throws(Fault) {
            let (name, value) = try assignment()
            return .assignment(name: name, value: value, line: startLine)
        } catch {
            skipLine()
            return .unreadable(
                Unreadable(
                    position: position(of: error.index, from: startOfLine, startLine), found: error.found,
                    help: error.help, text: bytes[start..<index], isOpen: error.isOpen))
        }
    }

    private mutating func assignment() throws(Fault) -> (name: String, value: String) {
        if bytes[index...].withoutExport.startIndex > index {
            index = bytes[index...].withoutExport.startIndex
        }
        let start = index
        skip { !$0.isBlank && $0 != .newline && $0 != UInt8(ascii: "=") }
        var name = bytes[start..<index]
        skip(while: \.isBlank)
        let rest = bytes[index...].prefix { $0 != .newline }
        if rest.first == UInt8(ascii: "=") {
            advance()
        } else if name.last == UInt8(ascii: ":"), let sign = rest.first, sign != UInt8(ascii: "#") {
            name = name.dropLast()
        } else if rest.contains(UInt8(ascii: "=")) {
            throw Fault(
                index: start, found: "what stands before `=` is not a variable's name",
                help: "use letters, digits and underscores")
        } else {
            throw Fault(
                index: start, found: "the line has no `=`", help: "write NAME=value, or begin a comment with #")
        }
        skip(while: \.isBlank)
        let valueStart = index
        let value = try value()
        return (String(decoding: name, as: UTF8.self), try text(value, at: valueStart))
    }

    private mutating func value() throws(Fault) -> [UInt8] {
        guard let quote = peek, [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(quote) else {
            return plainValue()
        }
        let start = index
        advance()
        var value: [UInt8] = []
        var isClosed = false
        while let byte = peek {
            advance()
            if byte == quote {
                // Single quotes know no escapes, so that a path may end with a backslash; but for a quote inside.
                if quote != UInt8(ascii: "\""), value.last == UInt8(ascii: "\\"), !isAtEnd {
                    value[value.count - 1] = quote
                    continue
                }
                guard !isAtEnd else { return value }
                isClosed = true
                break
            }
            guard byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let escaped = peek else {
                value.append(byte)
                continue
            }
            advance()
            value += Self.unescaped(escaped)
        }
        throw Fault(
            index: start, found: "the quotes do not end, or text follows them",
            help: "end the value with the quote that it begins with", isOpen: peek == nil && !isClosed)
    }

    /// Whether nothing but a comment follows in the line.
    private var isAtEnd: Bool {
        let rest = bytes[index...].drop(while: \.isBlank)
        return rest.isEmpty || rest.first == .newline || rest.first == UInt8(ascii: "#")
    }

    private mutating func plainValue() -> [UInt8] {
        let line = bytes[index...].prefix { $0 != .newline }
        index = line.endIndex
        let comment = line.indices.first { index in
            line[index] == UInt8(ascii: "#") && (index == line.startIndex || line[index - 1].isBlank)
        }
        let value = line[..<(comment ?? line.endIndex)]
        return Array(value.dropLast(value.reversed().prefix(while: \.isBlank).count))
    }

    private static func unescaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "n"): [.newline]
        case UInt8(ascii: "r"): [.carriageReturn]
        case UInt8(ascii: "t"): [.tab]
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"): [byte]
        default: [UInt8(ascii: "\\"), byte]
        }
    }

    private func text(_ value: [UInt8], at start: Int) throws(Fault) -> String {
        guard let text = String(validating: value, as: UTF8.self) else {
            throw Fault(index: firstBrokenByte(from: start), found: "is not UTF-8", help: "save the file as UTF-8")
        }
        return text
    }

    /// The first byte that begins no character.
    private func firstBrokenByte(from start: Int) -> Int {
        String(decoding: bytes[start...], as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
            .reduce(start) { $0 + UTF8.width($1) }
    }

    /// The place of a byte, counted in characters from the start of an earlier line.
    private func position(of index: Int, from lineStart: Int, _ line: Int) -> SourcePosition {
        let before = bytes[lineStart..<index].split(separator: .newline, omittingEmptySubsequences: false)
        let column = (before.last ?? []).count(where: { $0 & 0xC0 != 0x80 }) + 1
        return SourcePosition(line: line + before.count - 1, column: column)
    }

    // MARK: Going on

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func advance() {
        if bytes[index] == .newline {
            line += 1
            lineStart = index + 1
        }
        index += 1
    }

    private mutating func skip(while isSkipped: (UInt8) -> Bool) {
        while let byte = peek, isSkipped(byte) { advance() }
    }

    private mutating func skipLine() {
        skip { $0 != .newline }
    }
}

extension UInt8 {
    fileprivate static let newline = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let tab = UInt8(ascii: "\t")

    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == .tab }

    /// Whether it may be a part of a variable's name.
    fileprivate var isWord: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    /// What follows the word `export` and a blank; without the word, all of it.
    fileprivate var withoutExport: ArraySlice<UInt8> {
        let word = "export".utf8
        let rest = dropFirst(word.count)
        guard starts(with: word), rest.first?.isBlank == true else { return self }
        let statement = rest.drop(while: \.isBlank)
        return statement.first == UInt8(ascii: "=") || statement.first == .newline ? self : statement
    }

    /// Whether a word stands in it, and no longer one.
    fileprivate func hasWord(_ word: [UInt8]) -> Bool {
        guard !word.isEmpty, count >= word.count else { return false }
        return indices.dropLast(word.count - 1).contains { start in
            let end = start + word.count
            return self[start..<end].elementsEqual(word) && (start == startIndex || !self[start - 1].isWord)
                && (end == endIndex || !self[end].isWord)
        }
    }
}
