/// Looks for halves of surrogate pairs and for U+0000.
public struct SurrogateCheck {
    private var expectsLow = false
    private var hasFailed = false

    /// A check that has taken nothing yet.
    public init() {}

    /// Takes the next unit.
    @inline(__always)
    public mutating func take(_ unit: UInt16) {
        let isLow = UTF16.isTrailSurrogate(unit)
        if isLow != expectsLow || unit == 0 { hasFailed = true }
        expectsLow = UTF16.isLeadSurrogate(unit)
    }

    /// Takes the next run of units.
    public mutating func take(_ units: UnsafeBufferPointer<UInt16>) {
        let bytes = UnsafeRawBufferPointer(units)
        var index = 0
        while index < units.count {
            if !expectsLow, index + 4 <= units.count, Self.isPlain(bytes, at: index) {
                index += 4
            } else {
                take(units[index])
                index += 1
            }
        }
    }

    /// Whether all that was taken is well-formed and complete.
    public var isWellFormed: Bool { !hasFailed && !expectsLow }

    /// Whether none of four units is a surrogate or U+0000.
    @inline(__always)
    private static func isPlain(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
        let four = bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt64.self)
        let surrogatesAsZero = (four & 0xF800_F800_F800_F800) ^ 0xD800_D800_D800_D800
        return !hasZero(four) && !hasZero(surrogatesAsZero)
    }

    /// Whether one of four 16-bit numbers in a word is zero: only then does taking 1 away borrow from its highest bit.
    @inline(__always)
    private static func hasZero(_ word: UInt64) -> Bool {
        (word &- 0x0001_0001_0001_0001) & ~word & 0x8000_8000_8000_8000 != 0
    }
}
