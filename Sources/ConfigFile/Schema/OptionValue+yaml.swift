package import ProviderKit

extension OptionValue {
    /// The value as `config.yaml` has it, on one line: `1MiB`, `30s`, `[rules, words]`, `"a: b"`.
    ///
    /// - Parameter kind: what the value's option declares, for the units.
    package func yaml(as kind: OptionKind) -> String {
        switch (self, kind) {
        case (.string(let text), _): Self.scalar(text)
        case (.boolean(let flag), _): String(flag)
        case (.integer(let bytes), .size): Units.text(ofSize: bytes)
        case (.integer(let number), _): String(number)
        case (.duration(let span), _): Units.text(of: span)
        case (.strings(let texts), _): "[\(texts.map(Self.scalar).joined(separator: ", "))]"
        }
    }

    /// A text as a YAML scalar: plain where nobody could take it for something else, else in double quotes.
    private static func scalar(_ text: String) -> String {
        isPlain(text) ? text : "\"\(text.unicodeScalars.map(escaped).joined())\""
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        // What begins with a digit is a number, but for addresses and the like.
        let isAddress = ("0"..."9").contains(first) && text.count(where: { $0 == "." }) > 1
        guard first.isASCIILetter || first == "/" || isAddress else { return false }
        let isWord = text.unicodeScalars.allSatisfy {
            $0.isASCIILetter || "0123456789_./:+@-".unicodeScalars.contains($0)
        }
        return isWord && !text.hasSuffix(":") && !wordsOfYAML.contains(text.lowercased())
    }

    private static let wordsOfYAML = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        // A dollar begins a variable.
        case "$": "$$"
        case "\n": "\\n"
        case "\t": "\\t"
        case _ where unshown.contains(scalar.properties.generalCategory): "\\U" + digits(scalar)
        default: String(scalar)
        }
    }

    /// What would break the line, or cannot be seen.
    private static let unshown: [Unicode.GeneralCategory] = [.control, .format, .lineSeparator, .paragraphSeparator]

    private static func digits(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIILetter: Bool { isASCII && properties.isAlphabetic }
}
