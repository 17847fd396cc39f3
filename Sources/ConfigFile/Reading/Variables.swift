/// The variables that a configuration may name, and how they are filled in.
struct Variables: Sendable {
    /// The value of a variable, and where it is set, in words: `the environment`, `.env:3`.
    struct Variable: Sendable {
        let value: String
        let place: String
    }

    private let variables: [String: Variable]

    /// - Parameters:
    ///   - environment: the real environment, which wins.
    ///   - file: what `.env` says.
    init(environment: [String: String], file: [String: Variable] = [:]) {
        variables = file.merging(environment.mapValues { Variable(value: $0, place: "the environment") }) { $1 }
    }

    /// Why a text could not be filled in.
    enum Problem: Error, Equatable {
        case isNotSet(String)
        case isBroken
        case isNested
        case strayDollar
    }

    /// The value of a variable that is set and not empty.
    subscript(name: String) -> String? {
        filled(name)?.value
    }

    private func filled(_ name: String) -> Variable? {
        variables[name].flatMap { $0.value.isEmpty ? nil : $0 }
    }

    /// Where a variable that is set and not empty has its value from: `PORT of the environment`.
    func origin(of name: String) -> String? {
        filled(name).map { "\(name) of \($0.place)" }
    }

    /// The first of some variables that is set and not empty.
    func firstSet(of names: [String]) -> String? {
        names.first { filled($0) != nil }
    }

    /// Where the variables of a text that can be filled in have their values from, each once, in their order.
    func origins(in text: String) -> [String] {
        Self.names(in: text).map { origin(of: $0) ?? "\($0) is not set" }
    }

    /// The first of the variables of a text whose value is in quotes; nil when there is none.
    ///
    /// What a shell, or a `.env` file, takes for quotes around a value, others take for a part of it:
    /// `docker run --env-file`, for one.
    func quoted(in text: String) -> String? {
        Self.names(in: text).first { name in
            guard let value = self[name], value.count > 1, let quote = value.first else { return false }
            return "\"'`".contains(quote) && value.last == quote
        }
    }

    /// The variables that a text names, each once, in their order.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        var rest = text.replacing("$$", with: "")[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            let reference = rest[start.upperBound..<end]
            let name = String(reference[..<(reference.firstRange(of: ":-")?.lowerBound ?? reference.endIndex)])
            if !names.contains(name) { names.append(name) }
            rest = rest[end...]
        }
        return names
    }

    /// Whether a text is one variable and nothing else.
    static func isReference(_ text: String) -> Bool {
        text.hasPrefix("${") && text.firstIndex(of: "}") == text.indices.last
    }

    /// The text with its variables filled in.
    ///
    /// `${NAME}` is a value, `${NAME:-default}` a default where NAME is unset or empty, `$$` a dollar. What is
    /// filled in is not looked at again.
    func filling(in text: String) throws(Problem) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            switch rest.popFirst() {
            case "$": result += "$"
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw .isBroken }
                result += try value(of: rest[..<end])
                rest = rest[rest.index(after: end)...]
            default: throw .strayDollar
            }
        }
        return result + rest
    }

    /// - Parameter reference: what stands between the braces.
    private func value(of reference: Substring) throws(Problem) -> String {
        guard !reference.contains("${") else { throw .isNested }
        guard let mark = reference.firstRange(of: ":-") else {
            let name = String(reference)
            guard Self.isName(name) else { throw .isBroken }
            guard let variable = variables[name] else { throw .isNotSet(name) }
            return variable.value
        }
        let name = String(reference[..<mark.lowerBound])
        guard Self.isName(name) else { throw .isBroken }
        return self[name] ?? String(reference[mark.upperBound...])
    }

    /// Whether a word can name a variable: ASCII letters, digits and underscores, no digit first.
    static func isName(_ word: String) -> Bool {
        guard let first = word.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return word.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        }
    }
}
