extension JSONScanner {
    /// Reads a number and returns the bytes that it is written in.
    ///
    /// Takes the longest number that stands there: what follows it is for the next call to refuse.
    package mutating func readNumber() throws(JSONError) -> Range<Int> {
        _ = try peek()
        let start = offset
        var end = offset
        if byte(at: end) == UInt8(ascii: "-") { end += 1 }
        let digits = endOfDigits(from: end)
        guard digits > end else { throw JSONError(.expectingValue, at: start) }
        end = byte(at: end) == UInt8(ascii: "0") ? end + 1 : digits
        if byte(at: end) == UInt8(ascii: ".") {
            let fraction = endOfDigits(from: end + 1)
            if fraction > end + 1 { end = fraction }
        }
        offset = endOfExponent(from: end)
        return start..<offset
    }

    /// The number of digits alone that this scanner has read; nil when it has anything else, or is over
    /// ``WireNumber/largest``.
    package func wholeNumber(in range: Range<Int>) -> Int? {
        var number = 0
        for byte in bytes[range] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            // Far below the end of `Int`, since a larger number returns at once.
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            guard number <= WireNumber.largest else { return nil }
        }
        return number
    }

    /// Where the exponent that begins here ends; where it begins, if there is none.
    private func endOfExponent(from start: Int) -> Int {
        guard byte(at: start) | 0x20 == UInt8(ascii: "e") else { return start }
        let sign = byte(at: start + 1)
        let first = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? start + 2 : start + 1
        let end = endOfDigits(from: first)
        return end > first ? end : start
    }

    private func endOfDigits(from start: Int) -> Int {
        var end = start
        while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(at: end)) { end += 1 }
        return end
    }

    /// The byte at an offset, 0 past the end.
    private func byte(at offset: Int) -> UInt8 {
        offset < bytes.count ? bytes[offset] : 0
    }
}
