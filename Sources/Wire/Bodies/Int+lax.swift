import CollabText

/// Why a value does not stand for a whole number, by the names of pydantic 2.
enum IntegerProblem: String, Error {
    case type = "int_type"
    case parsing = "int_parsing"
    case parsingSize = "int_parsing_size"
    case fraction = "int_from_float"

    /// The words of pydantic 2.
    var message: String {
        switch self {
        case .type: "Input should be a valid integer"
        case .parsing: "Input should be a valid integer, unable to parse string as an integer"
        case .parsingSize: "Unable to parse input string as an integer, exceeded maximum size"
        case .fraction: "Input should be a valid integer, got a number with a fractional part"
        }
    }
}

extension Int {
    /// The whole number that a value stands for by pydantic's lax rules: `5`, `5.0`, `"5"`, `" +5.0 "` and `true` do.
    ///
    /// One that is out of range, `1e400` included, reads as the smallest or the largest `Int`.
    init(lax value: JSONValue) throws(IntegerProblem) {
        switch value {
        case .bool(let value): self = value ? 1 : 0
        case .number(let literal): self = try Int(number: literal)
        case .string(let text): self = try Int(string: text)
        case .null, .array, .object: throw .type
        }
    }

    private init(number literal: String) throws(IntegerProblem) {
        if literal.utf8.allSatisfy({ $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") }) {
            self.init(clamping: literal)
            return
        }
        // What JSON allows is a number. One that no `Double` reaches is infinite, and whole as all of that size are.
        guard let number = Double(literal), number == number.rounded(.towardZero) else { throw .fraction }
        self = Int(exactly: number) ?? (number < 0 ? .min : .max)
    }

    private init(string text: TextBuffer) throws(IntegerProblem) {
        // The longest that Python reads as a number.
        guard text.count <= 4_300 else { throw .parsingSize }
        let words = text.description.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let word = words.first else { throw .parsing }
        let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, parts[1].isEmpty || parts[1].contains(where: { $0 != "0" }) { throw .parsing }
        let sign = parts[0].prefix { $0 == "-" || $0 == "+" }
        let groups = parts[0].dropFirst(sign.count).split(separator: "_", omittingEmptySubsequences: false)
        guard sign.count <= 1, groups.allSatisfy(\.isDigits) else { throw .parsing }
        self.init(clamping: sign + groups.joined())
    }

    /// Reads decimal digits after an optional sign.
    private init(clamping digits: some StringProtocol) {
        self = Int(digits) ?? (digits.hasPrefix("-") ? .min : .max)
    }
}

extension Substring {
    /// Whether it is one decimal digit or more, ASCII only.
    fileprivate var isDigits: Bool {
        !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
