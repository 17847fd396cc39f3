import Yams

extension YAMLDocument {
    /// What is wrong with the YAML itself, in one line.
    func problem(of error: any Error) -> ConfigurationError {
        switch error as? YamlError {
        case .duplicatedKeysInMapping(let keys, let context):
            return duplicate(of: keys.first ?? "", firstAt: SourcePosition(context.mark))
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            return syntaxProblem(context, problem, at: mark)
        case .composer(let context, let problem, let mark, _):
            // The parser gives a context when a second document follows the first.
            return context == nil
                ? notYAML(problem, at: SourcePosition(mark))
                : ConfigurationError(
                    file: file, position: SourcePosition(mark), found: "a second document",
                    help: "keep one, and remove the line `---`")
        case .reader(let problem, let offset, _, _):
            return notYAML(problem, at: offset.map(position(ofCharacter:)))
        default:
            return notYAML("it is nested too deeply", at: nil)
        }
    }

    /// Refuses a file of more aliases than a person writes, before the parser compares what they unfold to.
    ///
    /// All aliases are refused later, with a better message; this is about those that grow without bound.
    func refuseManyAliases() throws(ConfigurationError) {
        var count = 0
        for (index, line) in lines.enumerated() where line.drop(while: \.isWhitespace).first != "#" {
            count += Self.aliases(in: line)
            guard count > 32 else { continue }
            throw ConfigurationError(
                file: file, position: SourcePosition(line: index + 1, column: 1), found: "too many aliases",
                help: "anchors and aliases are not supported: write the values out")
        }
    }

    /// At least as many as a line may hold: each is a star between a space or a sign of YAML and a word.
    private static func aliases(in line: Substring) -> Int {
        let bytes = [UInt8(ascii: " ")] + line.utf8 + [UInt8(ascii: " ")]
        return bytes.indices.dropFirst().dropLast().count { index in
            bytes[index] == UInt8(ascii: "*") && !isWord(bytes[index - 1])
                && (isWord(bytes[index + 1]) || bytes[index + 1] == UInt8(ascii: "-"))
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// `\r\n` is one character, so that splitting at `\n` would leave the lines of such a file together.
    private var lines: [Substring] { text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }

    /// The parser tells where it gave up, and as its context what it was in the middle of, which may begin far above.
    private func syntaxProblem(_ context: YamlError.Context?, _ problem: String, at mark: Mark) -> ConfigurationError {
        switch context?.text {
        case "while scanning a simple key":
            return notYAML(problem, at: SourcePosition(context?.mark), help: "write a key, a colon and a space")
        case "while scanning a quoted scalar":
            return notYAML(problem, at: SourcePosition(context?.mark), help: "end the text with the same quote")
        case .some(let what) where context?.mark.line != mark.line:
            let start = "\(what) from line \(context?.mark.line ?? mark.line) on"
            return notYAML("\(start): \(problem)", at: SourcePosition(mark))
        case .some(let what): return notYAML("\(what): \(problem)", at: SourcePosition(mark))
        case nil where problem.hasPrefix("mapping values are not allowed"):
            let help = "check the indentation and the line above, or put a value with a colon in quotes"
            return notYAML(problem, at: SourcePosition(mark), help: help)
        case nil: return notYAML(problem, at: SourcePosition(mark))
        }
    }

    private func notYAML(_ what: String, at position: SourcePosition?, help: String? = nil) -> ConfigurationError {
        ConfigurationError(
            file: file, position: position, found: "not valid YAML: \(what)",
            help: help ?? position.flatMap(hint(at:)))
    }

    /// What most likely happened, judged from the character where the parser gave up.
    private func hint(at position: SourcePosition) -> String? {
        guard lines.indices.contains(position.line - 1) else { return nil }
        let rest = lines[position.line - 1].unicodeScalars.dropFirst(position.column - 1)
        let before = lines[position.line - 1].unicodeScalars.prefix(position.column - 1)
        switch rest.first {
        case "\t": return "indent with spaces instead of tabs"
        case "@", "`", "%", "*": return "put the value in quotes"
        default: return before.last == "*" ? "put the star in quotes: \"*\"" : nil
        }
    }

    private func position(ofCharacter offset: Int) -> SourcePosition {
        let before = text.prefix(offset).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return SourcePosition(line: max(1, before.count), column: (before.last?.unicodeScalars.count ?? 0) + 1)
    }

    /// The parser tells where the key stands first; an operator needs the place of the second, and the path to it.
    private func duplicate(of key: String, firstAt first: SourcePosition) -> ConfigurationError {
        let start = String(repeating: " ", count: first.column - 1) + key
        let second = lines.indices.dropFirst(first.line).first {
            let line = lines[$0]
            return line.hasPrefix(start) && line.dropFirst(start.count).drop { $0 == " " }.first == ":"
        }
        let found = "the key stands twice, the first time in line \(first.line)"
        guard let second else {
            return ConfigurationError(
                file: file, position: first, keyPath: key, found: "the key stands twice", help: "keep one of them")
        }
        let before = YAMLDocument(file: file, text: lines[..<second].joined(separator: "\n"))
        let path = (try? before.entries()).flatMap { OptionPath(to: first, in: $0) }
        return ConfigurationError(
            file: file, position: SourcePosition(line: second + 1, column: first.column),
            keyPath: path?.text ?? key, found: found, help: "keep one of them")
    }
}
