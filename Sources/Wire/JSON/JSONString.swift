import CollabText

/// A string that ``JSONScanner`` found and checked, not yet decoded.
package struct JSONString: Sendable, Hashable {
    /// The bytes between the quotes.
    package let range: Range<Int>
    /// The length of the decoded text in UTF-8 bytes, when ``isText``.
    package let utf8Count: Int
    /// Whether it is ASCII without escapes: the text is the bytes as they stand.
    package let isPlain: Bool
    /// Whether it decodes to Unicode text without U+0000.
    ///
    /// JSON allows both half a surrogate pair and U+0000; we do not.
    package let isText: Bool
}

/// Decodes a string that was checked: what it reads is well-formed, so it cannot fail.
struct JSONStringDecoder {
    private let bytes: UnsafeRawBufferPointer
    private let units: UnsafeMutableBufferPointer<UInt16>
    private var offset: Int
    private var count = 0

    /// The room to leave for writing whole words past the last unit.
    static let slack = 8

    /// `units` must hold the string's `utf8Count` and ``slack``.
    init(_ bytes: UnsafeRawBufferPointer, from offset: Int, into units: UnsafeMutableBufferPointer<UInt16>) {
        self.bytes = bytes
        self.offset = offset
        self.units = units
    }

    /// Writes the code units up to `end` and returns how many there are.
    mutating func decode(to end: Int) -> Int {
        while true {
            copyOrdinary()
            guard offset < end else { return count }
            if bytes[offset] == UInt8(ascii: "\\") {
                decodeEscape()
            } else if bytes[offset] < 0x80 {
                put(UInt16(bytes[offset]))
                offset += 1
            } else {
                decodeWide()
            }
        }
    }

    @inline(__always)
    private mutating func copyOrdinary() {
        let target = UnsafeMutableRawBufferPointer(units)
        let shift = count - offset
        var end = offset
        while end + 8 <= bytes.count {
            let word = ASCIIWord(bytes, at: end)
            target.storeBytes(of: word.units, toByteOffset: (end + shift) * 2, as: SIMD8<UInt16>.self)
            let ordinary = word.ordinaryCount
            end += ordinary
            if ordinary < 8 { break }
        }
        count += end - offset
        offset = end
    }

    @inline(__always)
    private mutating func decodeEscape() {
        let letter = bytes[offset + 1]
        if letter == UInt8(ascii: "u") {
            put(JSONEscape.unit(of: bytes, at: offset + 2) ?? 0xFFFD)
            offset += 6
        } else {
            put(UInt16(JSONEscape.character(for: letter) ?? letter))
            offset += 2
        }
    }

    @inline(__always)
    private mutating func decodeWide() {
        let lead = UInt32(bytes[offset])
        if lead < 0xE0 {
            put(UInt16(truncatingIfNeeded: (lead & 0x1F) << 6 | tail(1)))
            offset += 2
        } else if lead < 0xF0 {
            put(UInt16(truncatingIfNeeded: (lead & 0x0F) << 12 | tail(1) << 6 | tail(2)))
            offset += 3
        } else {
            let scalar = (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
            put(UInt16(truncatingIfNeeded: 0xD7C0 + (scalar >> 10)))
            put(UInt16(truncatingIfNeeded: 0xDC00 | (scalar & 0x3FF)))
            offset += 4
        }
    }

    @inline(__always)
    private func tail(_ distance: Int) -> UInt32 {
        UInt32(bytes[offset + distance] & 0x3F)
    }

    @inline(__always)
    private mutating func put(_ unit: UInt16) {
        units[count] = unit
        count += 1
    }
}
