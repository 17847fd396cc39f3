/// The variables that a configuration may name, and how they are filled in.
struct Variables: Sendable {
    private let values: [String: String]

    /// - Parameters:
    ///   - environment: the real environment, which wins.
    ///   - file: what `.env` says.
    init(environment: [String: String], file: [String: String] = [:]) {
        values = file.merging(environment) { $1 }
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
        values[name].flatMap { $0.isEmpty ? nil : $0 }
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
            guard let value = values[name] else { throw .isNotSet(name) }
            return value
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
