extension TextBuffer {
    /// Whether every surrogate is half of a pair and no unit is U+0000: what a room's text always is.
    public var isWellFormed: Bool {
        withUnsafeSegments { first, second in
            var check = SurrogateCheck()
            for unit in first { check.take(unit) }
            for unit in second { check.take(unit) }
            return check.isWellFormed
        }
    }

    /// The text as UTF-8 bytes. Half a surrogate pair becomes U+FFFD.
    public var utf8: [UInt8] {
        withUnsafeSegments { first, second in
            // Three bytes for a unit are enough: a pair of units takes four.
            [UInt8](unsafeUninitializedCapacity: count * 3) { bytes, written in
                var writer = UTF8Writer(bytes: bytes)
                for unit in first { writer.take(unit) }
                for unit in second { writer.take(unit) }
                written = writer.finish()
            }
        }
    }

    /// The text of UTF-8 bytes, or nil when they are not well-formed (RFC 3629).
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard let units = Self.units(decoding: bytes) else { return nil }
        self.init(units: units)
    }

    /// UTF-8 bytes as UTF-16 code units, or nil when they are not well-formed (RFC 3629).
    private static func units(decoding bytes: UnsafeRawBufferPointer) -> [UInt16]? {
        var isValid = true
        let units = [UInt16](unsafeUninitializedCapacity: bytes.count) { units, written in
            var reader = UTF8Reader(bytes: bytes)
            written = reader.decode(into: units)
            isValid = !reader.hasFailed
        }
        return isValid ? units : nil
    }
}

/// Looks for halves of surrogate pairs and for U+0000, a unit at a time.
public struct SurrogateCheck {
    private var expectsLow = false
    private var hasFailed = false

    public init() {}

    @inline(__always)
    public mutating func take(_ unit: UInt16) {
        let isLow = UTF16.isTrailSurrogate(unit)
        if isLow != expectsLow || unit == 0 { hasFailed = true }
        expectsLow = UTF16.isLeadSurrogate(unit)
    }

    /// Whether all that was taken is well-formed and complete.
    public var isWellFormed: Bool { !hasFailed && !expectsLow }
}

/// Writes UTF-16 code units as UTF-8.
private struct UTF8Writer {
    let bytes: UnsafeMutableBufferPointer<UInt8>
    private var count = 0
    private var lead: UInt16?

    init(bytes: UnsafeMutableBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    @inline(__always)
    mutating func take(_ unit: UInt16) {
        if unit < 0x80, lead == nil {
            put(UInt8(truncatingIfNeeded: unit))
        } else {
            takeWide(unit)
        }
    }

    private mutating func takeWide(_ unit: UInt16) {
        if let high = lead {
            lead = nil
            if UTF16.isTrailSurrogate(unit) {
                put(scalar: 0x10000 + ((UInt32(high) & 0x3FF) << 10 | (UInt32(unit) & 0x3FF)))
                return
            }
            put(scalar: 0xFFFD)
        }
        if UTF16.isLeadSurrogate(unit) {
            lead = unit
        } else {
            put(scalar: UTF16.isTrailSurrogate(unit) ? 0xFFFD : UInt32(unit))
        }
    }

    mutating func finish() -> Int {
        if lead != nil { put(scalar: 0xFFFD) }
        lead = nil
        return count
    }

    private mutating func put(scalar: UInt32) {
        if scalar < 0x80 {
            put(UInt8(truncatingIfNeeded: scalar))
        } else if scalar < 0x800 {
            put(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
            put(tail: scalar)
        } else if scalar < 0x10000 {
            put(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
            put(tail: scalar >> 6)
            put(tail: scalar)
        } else {
            put(0xF0 | UInt8(truncatingIfNeeded: scalar >> 18))
            put(tail: scalar >> 12)
            put(tail: scalar >> 6)
            put(tail: scalar)
        }
    }

    private mutating func put(tail scalar: UInt32) {
        put(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F))
    }

    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        bytes[count] = byte
        count += 1
    }
}

/// Reads well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF).
private struct UTF8Reader {
    let bytes: UnsafeRawBufferPointer
    private(set) var hasFailed = false
    private var index = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Writes the code units and returns how many; stops where the bytes are not well-formed.
    mutating func decode(into units: UnsafeMutableBufferPointer<UInt16>) -> Int {
        var count = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                units[count] = UInt16(byte)
                count += 1
                index += 1
                continue
            }
            guard let scalar = wideScalar(lead: byte) else {
                hasFailed = true
                break
            }
            if scalar < 0x10000 {
                units[count] = UInt16(truncatingIfNeeded: scalar)
                count += 1
            } else {
                units[count] = UInt16(truncatingIfNeeded: 0xD7C0 + (scalar >> 10))
                units[count + 1] = UInt16(truncatingIfNeeded: 0xDC00 | (scalar & 0x3FF))
                count += 2
            }
        }
        return count
    }

    /// The scalar that begins with `lead`, which is not ASCII; nil when it is not well-formed.
    private mutating func wideScalar(lead: UInt8) -> UInt32? {
        let length: Int
        let smallest: UInt32
        var scalar: UInt32
        switch lead {
        case 0xC2...0xDF: (length, smallest, scalar) = (2, 0x80, UInt32(lead & 0x1F))
        case 0xE0...0xEF: (length, smallest, scalar) = (3, 0x800, UInt32(lead & 0x0F))
        case 0xF0...0xF4: (length, smallest, scalar) = (4, 0x10000, UInt32(lead & 0x07))
        default: return nil
        }
        guard index + length <= bytes.count else { return nil }
        for offset in 1..<length {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        guard scalar >= smallest, scalar <= 0x10FFFF, scalar & 0xFFFF_F800 != 0xD800 else { return nil }
        index += length
        return scalar
    }
}
