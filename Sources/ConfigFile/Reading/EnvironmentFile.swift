/// Reads a `.env` file: lines such as `NAME=value` or `export NAME="value"`.
///
/// Values are literal: nothing is filled in. Of a name that stands twice, the last one holds, as in a shell.
struct EnvironmentFile {
    /// The file's name in errors.
    let file: String
    let text: String

    /// The variables of the file. Errors tell the place but never what a line holds, since that may be a secret.
    func variables() throws(ConfigurationError) -> [String: Variables.Variable] {
        var variables: [String: Variables.Variable] = [:]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard let (name, value) = try variable(in: line, number: index + 1) else { continue }
            variables[name] = Variables.Variable(value: value, place: "\(file):\(index + 1)")
        }
        return variables
    }

    /// The name and the value that a line sets; nil for an empty line and a comment.
    private func variable(in line: Substring, number: Int) throws(ConfigurationError) -> (String, String)? {
        let trimmed = line.drop(while: \.isWhitespace)
        guard let first = trimmed.first, first != "#" else { return nil }
        let start = trimmed.hasPrefix("export ") ? trimmed.dropFirst(7).drop(while: \.isWhitespace) : trimmed
        func refuse(_ rest: Substring, _ found: String, _ help: String) -> ConfigurationError {
            let column = line[..<rest.startIndex].unicodeScalars.count + 1
            let position = SourcePosition(line: number, column: column)
            return ConfigurationError(file: file, position: position, found: found, help: help)
        }
        guard let equals = start.firstIndex(of: "=") else {
            throw refuse(start, "the line has no `=`", "write NAME=value, or begin a comment with #")
        }
        let name = String(start[..<equals])
        guard Variables.isName(name) else {
            let help = "use letters, digits and underscores, and no spaces around `=`"
            throw refuse(start, "what stands before `=` is not a variable's name", help)
        }
        let raw = start[start.index(after: equals)...]
        guard let value = Self.value(raw) else {
            throw refuse(raw, "the quotes do not end, or text follows them", "write NAME=\"value\" in one line")
        }
        return (name, value)
    }

    /// The value without its quotes and without a comment; nil when its quotes are broken.
    private static func value(_ raw: Substring) -> String? {
        guard let quote = raw.first, quote == "\"" || quote == "'" else { return plainValue(raw) }
        var value = ""
        var rest = raw.dropFirst()
        while let character = rest.popFirst() {
            if character == quote {
                let after = rest.drop(while: \.isWhitespace)
                return after.isEmpty || after.first == "#" ? value : nil
            }
            guard character == "\\", quote == "\"", let escaped = rest.popFirst() else {
                value.append(character)
                continue
            }
            value += unescaped(escaped)
        }
        return nil
    }

    private static func plainValue(_ raw: Substring) -> String {
        var value = raw
        if raw.first == "#" { return "" }
        for index in raw.indices where raw[index] == "#" && raw[raw.index(before: index)].isWhitespace {
            value = raw[..<index]
            break
        }
        while value.last?.isWhitespace == true { value.removeLast() }
        return String(value.drop(while: \.isWhitespace))
    }

    private static func unescaped(_ character: Character) -> String {
        switch character {
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case "\\", "\"", "$", "`": String(character)
        default: "\\\(character)"
        }
    }
}
