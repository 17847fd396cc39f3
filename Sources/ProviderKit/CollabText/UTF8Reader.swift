/// Reads well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF).
struct UTF8Reader {
    let bytes: UnsafeRawBufferPointer
    /// Whether bytes were met that are not well-formed.
    private(set) var hasFailed = false
    private var index = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Writes the code units and returns how many; stops where the bytes are not well-formed.
    ///
    /// - Parameter units: room for as many units as there are bytes.
    mutating func decode(into units: UnsafeMutableBufferPointer<UInt16>) -> Int {
        var count = 0
        while index < bytes.count {
            if index + 8 <= bytes.count, readASCII(into: units, at: count) {
                count += 8
                index += 8
                continue
            }
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
            count += Self.write(scalar, into: units, at: count)
        }
        return count
    }

    /// Reads eight bytes at once, or none when one of them is not ASCII.
    @inline(__always)
    private func readASCII(into units: UnsafeMutableBufferPointer<UInt16>, at count: Int) -> Bool {
        let eight = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        guard eight & 0x8080_8080_8080_8080 == 0 else { return false }
        let narrow = unsafeBitCast(eight, to: SIMD8<UInt8>.self)
        UnsafeMutableRawBufferPointer(units).storeBytes(
            of: SIMD8<UInt16>(truncatingIfNeeded: narrow), toByteOffset: count * 2, as: SIMD8<UInt16>.self)
        return true
    }

    /// Writes a scalar and returns of how many units it consists.
    @inline(__always)
    private static func write(
        _ scalar: UInt32, into units: UnsafeMutableBufferPointer<UInt16>, at count: Int
    ) -> Int {
        if scalar < 0x10000 {
            units[count] = UInt16(truncatingIfNeeded: scalar)
            return 1
        }
        units[count] = UInt16(truncatingIfNeeded: 0xD7C0 + (scalar >> 10))
        units[count + 1] = UInt16(truncatingIfNeeded: 0xDC00 | (scalar & 0x3FF))
        return 2
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
