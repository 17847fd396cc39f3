/// Eight bytes of JSON text at once: finds the first that is not an ordinary character of a string.
///
/// Ordinary is printable ASCII without `"` and `\`, which is nearly all of a program's text.
struct ASCIIWord {
    private let bits: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Reads the eight bytes at `offset`, which must all lie inside `bytes`.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// How many bytes at the front are ordinary, 0 to 8.
    @inline(__always)
    var ordinaryCount: Int {
        let quotes = bits ^ (Self.ones &* 0x22)
        let backslashes = bits ^ (Self.ones &* 0x5C)
        // Each term sets the high bit of a byte that is below 0x20, a quote, or a backslash. A borrow may set it in a
        // later byte too, which does no harm: only the first one counts.
        let special =
            (bits &- Self.ones &* 0x20) & ~bits | (quotes &- Self.ones) & ~quotes
            | (backslashes &- Self.ones) & ~backslashes | bits
        return (special & Self.highs).trailingZeroBitCount >> 3
    }

    /// The bytes as UTF-16 code units, right for those that are ASCII.
    @inline(__always)
    var units: SIMD8<UInt16> {
        SIMD8<UInt16>(truncatingIfNeeded: unsafeBitCast(bits.littleEndian, to: SIMD8<UInt8>.self))
    }
}
