/// Writes UTF-16 code units as UTF-8. Half a surrogate pair becomes U+FFFD.
struct UTF8Writer {
    /// Three bytes for each unit that will be taken.
    let bytes: UnsafeMutableBufferPointer<UInt8>
    private var count = 0
    private var lead: UInt16?

    init(bytes: UnsafeMutableBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Takes the next run of units.
    mutating func take(_ units: UnsafeBufferPointer<UInt16>) {
        var index = 0
        while index < units.count {
            if lead == nil, index + 8 <= units.count, putASCII(units, at: index) {
                index += 8
            } else {
                take(units[index])
                index += 1
            }
        }
    }

    /// Ends the text and returns how many bytes were written.
    mutating func finish() -> Int {
        if lead != nil { put(scalar: 0xFFFD) }
        lead = nil
        return count
    }

    @inline(__always)
    private mutating func take(_ unit: UInt16) {
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

    /// Writes eight units at once, or none when one of them is not ASCII.
    @inline(__always)
    private mutating func putASCII(_ units: UnsafeBufferPointer<UInt16>, at index: Int) -> Bool {
        let source = UnsafeRawBufferPointer(units)
        let low = source.loadUnaligned(fromByteOffset: index * 2, as: UInt64.self)
        let high = source.loadUnaligned(fromByteOffset: index * 2 + 8, as: UInt64.self)
        guard (low | high) & 0xFF80_FF80_FF80_FF80 == 0 else { return false }
        let eight = unsafeBitCast(SIMD2(low, high), to: SIMD8<UInt16>.self)
        UnsafeMutableRawBufferPointer(bytes).storeBytes(
            of: SIMD8<UInt8>(truncatingIfNeeded: eight), toByteOffset: count, as: SIMD8<UInt8>.self)
        count += 8
        return true
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
