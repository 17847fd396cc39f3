/// Why bytes are not JSON (RFC 8259), and where.
package struct JSONError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, in the words of Python's `json` module, which clients of a FastAPI server know.
    package enum Problem: String, Sendable, CaseIterable {
        case expectingValue = "Expecting value"
        case expectingComma = "Expecting ',' delimiter"
        case expectingColon = "Expecting ':' delimiter"
        case expectingName = "Expecting property name enclosed in double quotes"
        case unterminatedString = "Unterminated string starting at"
        case controlCharacter = "Invalid control character at"
        case invalidEscape = "Invalid \\escape"
        case invalidUnicodeEscape = "Invalid \\uXXXX escape"
        case extraData = "Extra data"
        case invalidUTF8 = "Invalid UTF-8"
        case tooDeep = "Nested too deeply"
    }

    package let problem: Problem
    /// Where, in bytes from the start.
    package let offset: Int

    package init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    package var description: String {
        "\(problem.rawValue) (byte \(offset))"
    }

    /// Where, in characters (Unicode scalars) from the start: what Python's `json` module counts.
    package func position(in bytes: UnsafeRawBufferPointer) -> Int {
        bytes.prefix(offset).reduce(0) { count, byte in byte & 0xC0 == 0x80 ? count : count + 1 }
    }
}
