/// Writes UTF-16 code units as the inside of a JSON string, in UTF-8.
///
/// Half a surrogate pair becomes U+FFFD. Takes a text in pieces; a pair may be cut by them.
struct JSONTextEncoder {
    /// The most bytes that one unit takes (`\u001f`), and the half pair that was left from the piece before.
    static let bytesForUnit = 6
    static let bytesForRest = 3

    private var lead: UInt16?

    /// Writes a piece and returns how many bytes that took.
    ///
    /// `target` must hold ``bytesForUnit`` for each unit and ``bytesForRest``.
    mutating func encode(_ units: UnsafeBufferPointer<UInt16>, to target: UnsafeMutableRawBufferPointer) -> Int {
        var index = 0
        var count = 0
        while index < units.count {
            if lead == nil {
                Self.copyOrdinary(units, &index, to: target, &count)
                guard index < units.count else { break }
            }
            count += encode(units[index], to: target, at: count)
            index += 1
        }
        return count
    }

    /// Writes what is left at the end of the text and returns how many bytes that took.
    mutating func finish(to target: UnsafeMutableRawBufferPointer) -> Int {
        guard lead != nil else { return 0 }
        lead = nil
        return Self.put(scalar: 0xFFFD, to: target, at: 0)
    }

    /// Copies units that stand for themselves, eight at a time.
    @inline(__always)
    private static func copyOrdinary(
        _ units: UnsafeBufferPointer<UInt16>, _ index: inout Int, to target: UnsafeMutableRawBufferPointer,
        _ count: inout Int
    ) {
        let source = UnsafeRawBufferPointer(units)
        while index + 8 <= units.count {
            let block = source.loadUnaligned(fromByteOffset: index * 2, as: SIMD8<UInt16>.self)
            let low = UnitWord(source, at: index)
            let high = UnitWord(source, at: index + 4)
            target.storeBytes(of: SIMD8<UInt8>(truncatingIfNeeded: block), toByteOffset: count, as: SIMD8<UInt8>.self)
            let ordinary = low.ordinaryCount == 4 ? 4 + high.ordinaryCount : low.ordinaryCount
            index += ordinary
            count += ordinary
            if ordinary < 8 { return }
        }
    }

    private mutating func encode(_ unit: UInt16, to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        if let high = lead {
            lead = nil
            if UTF16.isTrailSurrogate(unit) {
                let scalar = 0x10000 + ((UInt32(high) & 0x3FF) << 10 | (UInt32(unit) & 0x3FF))
                return Self.put(scalar: scalar, to: target, at: offset)
            }
            let rest = Self.put(scalar: 0xFFFD, to: target, at: offset)
            return rest + encode(unit, to: target, at: offset + rest)
        }
        if unit < 0x80 { return Self.put(ascii: UInt8(truncatingIfNeeded: unit), to: target, at: offset) }
        if UTF16.isLeadSurrogate(unit) {
            lead = unit
            return 0
        }
        return Self.put(scalar: UTF16.isTrailSurrogate(unit) ? 0xFFFD : UInt32(unit), to: target, at: offset)
    }

    @inline(__always)
    private static func put(ascii byte: UInt8, to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        if let letter = JSONEscape.letter(for: byte) {
            target[offset] = UInt8(ascii: "\\")
            target[offset + 1] = letter
            return 2
        }
        guard byte < 0x20 else {
            target[offset] = byte
            return 1
        }
        let digits = StaticString("0123456789abcdef").utf8Start
        target[offset] = UInt8(ascii: "\\")
        target[offset + 1] = UInt8(ascii: "u")
        target[offset + 2] = UInt8(ascii: "0")
        target[offset + 3] = UInt8(ascii: "0")
        target[offset + 4] = digits[Int(byte >> 4)]
        target[offset + 5] = digits[Int(byte & 0x0F)]
        return 6
    }

    private static func put(scalar: UInt32, to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        if scalar < 0x800 {
            target[offset] = 0xC0 | UInt8(truncatingIfNeeded: scalar >> 6)
            target[offset + 1] = tail(scalar)
            return 2
        }
        if scalar < 0x10000 {
            target[offset] = 0xE0 | UInt8(truncatingIfNeeded: scalar >> 12)
            target[offset + 1] = tail(scalar >> 6)
            target[offset + 2] = tail(scalar)
            return 3
        }
        target[offset] = 0xF0 | UInt8(truncatingIfNeeded: scalar >> 18)
        target[offset + 1] = tail(scalar >> 12)
        target[offset + 2] = tail(scalar >> 6)
        target[offset + 3] = tail(scalar)
        return 4
    }

    @inline(__always)
    private static func tail(_ scalar: UInt32) -> UInt8 {
        0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F)
    }
}

/// Four code units at once: finds the first that does not stand for itself in a JSON string of ASCII.
private struct UnitWord {
    private let bits: UInt64

    private static let ones: UInt64 = 0x0001_0001_0001_0001
    private static let highs: UInt64 = 0x8000_8000_8000_8000

    /// Reads the four units at `index`, which must all lie inside.
    @inline(__always)
    init(_ units: UnsafeRawBufferPointer, at index: Int) {
        bits = UInt64(littleEndian: units.loadUnaligned(fromByteOffset: index * 2, as: UInt64.self))
    }

    /// How many units at the front are printable ASCII without `"` and `\`, 0 to 4.
    @inline(__always)
    var ordinaryCount: Int {
        let quotes = bits ^ (Self.ones &* 0x22)
        let backslashes = bits ^ (Self.ones &* 0x5C)
        let wide = (bits & (Self.ones &* 0x7FFF)) &+ (Self.ones &* 0x7F80)
        // As in `ASCIIWord`: a borrow may mark a later unit too, and only the first mark counts.
        let special =
            (bits &- Self.ones &* 0x20) & ~bits | (quotes &- Self.ones) & ~quotes
            | (backslashes &- Self.ones) & ~backslashes | bits | wide
        return (special & Self.highs).trailingZeroBitCount >> 4
    }
}
