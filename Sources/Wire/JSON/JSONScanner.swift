/// Pulls JSON (RFC 8259) out of bytes, strictly: no comments, no trailing commas, no bare words, valid UTF-8 only.
///
/// It checks everything that it passes, and copies nothing: strings and numbers come as ranges of the bytes. Read a
/// value with one of the `read…` and `enter…` methods, then the next one, and at last ``finish()``.
///
/// An object is read as `var name = try enterObject(); while let found = name { …one value…; name = try nextName() }`,
/// an array as `var more = try enterArray(); while more { …one value…; more = try nextElement() }`.
///
/// The bytes must outlive the scanner.
package struct JSONScanner {
    package let bytes: UnsafeRawBufferPointer
    /// What is read next.
    package internal(set) var offset: Int
    private var depth = 0

    /// How many objects and arrays may lie within one another.
    package static let deepest = 64

    /// A scanner of these bytes that begins at `offset`.
    package init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    /// The first byte of the next value, past white space.
    package mutating func peek() throws(JSONError) -> UInt8 {
        skipWhitespace()
        guard offset < bytes.count else { throw JSONError(.expectingValue, at: offset) }
        return bytes[offset]
    }

    /// Enters an object and reads its first name; nil when it is empty, and left again.
    package mutating func enterObject() throws(JSONError) -> JSONString? {
        try enter(UInt8(ascii: "{"))
        if leave(UInt8(ascii: "}")) { return nil }
        return try readName()
    }

    /// Reads the name of the next member; nil when the object has ended, and was left.
    package mutating func nextName() throws(JSONError) -> JSONString? {
        if leave(UInt8(ascii: "}")) { return nil }
        guard take(UInt8(ascii: ",")) else { throw JSONError(.expectingComma, at: offset) }
        return try readName()
    }

    /// Enters an array; false when it is empty, and left again.
    package mutating func enterArray() throws(JSONError) -> Bool {
        try enter(UInt8(ascii: "["))
        return !leave(UInt8(ascii: "]"))
    }

    /// Goes to the next element; false when the array has ended, and was left.
    package mutating func nextElement() throws(JSONError) -> Bool {
        if leave(UInt8(ascii: "]")) { return false }
        guard take(UInt8(ascii: ",")) else { throw JSONError(.expectingComma, at: offset) }
        return true
    }

    /// Reads `true`, `false` or `null`.
    package mutating func readWord() throws(JSONError) -> JSONWord {
        _ = try peek()
        for word in JSONWord.allCases where bytes[offset...].starts(with: word.rawValue.utf8) {
            offset += word.rawValue.utf8.count
            return word
        }
        throw JSONError(.expectingValue, at: offset)
    }

    /// Checks the next value, whatever it is, passes it and says where it was.
    package mutating func readPart() throws(JSONError) -> JSONPart {
        switch try peek() {
        case UInt8(ascii: "\""): .string(try readString())
        case UInt8(ascii: "{"): .object(try passObject())
        case UInt8(ascii: "["): .array(try passArray())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number(try readNumber())
        default: .word(try readWord())
        }
    }

    /// Checks that nothing but white space is left.
    package mutating func finish() throws(JSONError) {
        skipWhitespace()
        guard offset == bytes.count else { throw JSONError(.extraData, at: offset) }
    }

    private mutating func passObject() throws(JSONError) -> Range<Int> {
        let start = offset
        var name = try enterObject()
        while name != nil {
            _ = try readPart()
            name = try nextName()
        }
        return start..<offset
    }

    private mutating func passArray() throws(JSONError) -> Range<Int> {
        let start = offset
        var more = try enterArray()
        while more {
            _ = try readPart()
            more = try nextElement()
        }
        return start..<offset
    }

    private mutating func readName() throws(JSONError) -> JSONString {
        skipWhitespace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
            throw JSONError(.expectingName, at: offset)
        }
        let name = try readString()
        guard take(UInt8(ascii: ":")) else { throw JSONError(.expectingColon, at: offset) }
        return name
    }

    private mutating func enter(_ bracket: UInt8) throws(JSONError) {
        guard take(bracket) else { throw JSONError(.expectingValue, at: offset) }
        guard depth < Self.deepest else { throw JSONError(.tooDeep, at: offset - 1) }
        depth += 1
    }

    private mutating func leave(_ bracket: UInt8) -> Bool {
        guard take(bracket) else { return false }
        depth -= 1
        return true
    }

    /// Passes white space, and `byte` if it comes next.
    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        skipWhitespace()
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    @inline(__always)
    private mutating func skipWhitespace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }
}
