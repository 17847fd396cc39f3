package import CollabText

extension JSONScanner {
    /// Reads a string: checks its UTF-8 and its escapes, and finds where it ends.
    package mutating func readString() throws(JSONError) -> JSONString {
        guard try peek() == UInt8(ascii: "\"") else { throw JSONError(.expectingValue, at: offset) }
        let start = offset + 1
        var check = StringCheck(bytes, from: start)
        let end = try check.findEnd()
        offset = end + 1
        return JSONString(
            range: start..<end, utf8Count: end - start - check.excess, isPlain: check.isPlain, isText: check.isText)
    }

    /// Decodes a string that this scanner has read.
    package func text(of string: JSONString) -> TextBuffer {
        TextBuffer(units: units(of: string))
    }

    /// Decodes a string that this scanner has read.
    ///
    /// Half a surrogate pair becomes U+FFFD.
    package func string(_ string: JSONString) -> String {
        if string.isPlain { return String(decoding: bytes[string.range], as: UTF8.self) }
        return String(decoding: units(of: string), as: UTF16.self)
    }

    /// Whether a string that this scanner has read decodes to `word`, which is ASCII.
    package func string(_ string: JSONString, is word: StaticString) -> Bool {
        guard string.isText, string.utf8Count == word.utf8CodeUnitCount else { return false }
        guard string.isPlain else { return self.string(string) == word.description }
        return word.isSpelled(in: UnsafeRawBufferPointer(rebasing: bytes[string.range]))
    }

    /// Decodes a string that this scanner has read.
    package func units(of string: JSONString) -> [UInt16] {
        if string.range.isEmpty { return [] }
        return [UInt16](unsafeUninitializedCapacity: string.utf8Count + JSONStringDecoder.slack) { units, count in
            var decoder = JSONStringDecoder(bytes, from: string.range.lowerBound, into: units)
            count = decoder.decode(to: string.range.upperBound)
        }
    }
}

extension StaticString {
    /// The word in UTF-8.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }

    /// Whether the word is written in these bytes.
    @inline(__always)
    func isSpelled(in other: UnsafeRawBufferPointer) -> Bool {
        guard utf8CodeUnitCount == other.count else { return false }
        for index in 0..<other.count where utf8Start[index] != other[index] { return false }
        return true
    }
}

/// Looks for the end of a string and checks what lies before it.
private struct StringCheck {
    private let bytes: UnsafeRawBufferPointer
    private let start: Int
    private var offset: Int
    /// How many bytes more than its UTF-8 the string is written in, for its escapes.
    private(set) var excess = 0
    private(set) var isPlain = true
    private(set) var isText = true

    init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
        self.bytes = bytes
        self.start = start
        self.offset = start
    }

    /// Where the closing quote is.
    mutating func findEnd() throws(JSONError) -> Int {
        while true {
            skipOrdinary()
            guard offset < bytes.count else { throw JSONError(.unterminatedString, at: start - 1) }
            switch bytes[offset] {
            case UInt8(ascii: "\""): return offset
            case UInt8(ascii: "\\"): try passEscape()
            case 0x80...: try passWide()
            case ..<0x20: throw JSONError(.controlCharacter, at: offset)
            default: offset += 1
            }
        }
    }

    @inline(__always)
    private mutating func skipOrdinary() {
        var end = offset
        while end + 8 <= bytes.count {
            let ordinary = ASCIIWord(bytes, at: end).ordinaryCount
            end += ordinary
            if ordinary < 8 { break }
        }
        offset = end
    }

    @inline(__always)
    private mutating func passEscape() throws(JSONError) {
        isPlain = false
        guard offset + 1 < bytes.count else { throw JSONError(.unterminatedString, at: start - 1) }
        let letter = bytes[offset + 1]
        if letter == UInt8(ascii: "u") {
            try passUnicodeEscape()
        } else {
            guard JSONEscape.character(for: letter) != nil else { throw JSONError(.invalidEscape, at: offset) }
            excess += 1
            offset += 2
        }
    }

    private mutating func passUnicodeEscape() throws(JSONError) {
        guard let unit = JSONEscape.unit(of: bytes, at: offset + 2) else {
            throw JSONError(.invalidUnicodeEscape, at: offset + 1)
        }
        offset += 6
        if UTF16.isLeadSurrogate(unit), startsWithLowHalf() {
            offset += 6
            excess += 12 - 4
        } else {
            if unit == 0 || UTF16.isSurrogate(unit) { isText = false }
            excess += 6 - (unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3)
        }
    }

    /// Whether the second half of a surrogate pair comes next, as an escape.
    private func startsWithLowHalf() -> Bool {
        guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u"),
            let unit = JSONEscape.unit(of: bytes, at: offset + 2)
        else { return false }
        return UTF16.isTrailSurrogate(unit)
    }

    private mutating func passWide() throws(JSONError) {
        isPlain = false
        while offset < bytes.count, bytes[offset] >= 0x80 {
            guard let length = wideLength() else { throw JSONError(.invalidUTF8, at: offset) }
            offset += length
        }
    }

    @inline(__always)
    private func isTail(_ distance: Int) -> Bool {
        bytes[offset + distance] & 0xC0 == 0x80
    }

    /// How many bytes the character here takes; nil when it is not well-formed UTF-8 (RFC 3629).
    @inline(__always)
    private func wideLength() -> Int? {
        let lead = bytes[offset]
        guard lead >= 0xC2, lead <= 0xF4, offset + 1 < bytes.count else { return nil }
        let second = bytes[offset + 1]
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard offset + length <= bytes.count else { return nil }
        switch lead {
        case 0xE0: guard second >= 0xA0 else { return nil }
        case 0xED: guard second < 0xA0 else { return nil }
        case 0xF0: guard second >= 0x90 else { return nil }
        case 0xF4: guard second < 0x90 else { return nil }
        default: break
        }
        guard second & 0xC0 == 0x80, length < 3 || isTail(2), length < 4 || isTail(3) else { return nil }
        return length
    }
}
