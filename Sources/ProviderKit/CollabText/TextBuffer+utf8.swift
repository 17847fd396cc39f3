extension TextBuffer {
    /// Whether every surrogate is half of a pair and no unit is U+0000: what a room's text always is.
    public var isWellFormed: Bool {
        var check = SurrogateCheck()
        forEachSegment { check.take($0) }
        return check.isWellFormed
    }

    /// The text as UTF-8 bytes. Half a surrogate pair becomes U+FFFD.
    public var utf8: [UInt8] {
        // Three bytes for a unit are enough: a pair of units takes four.
        [UInt8](unsafeUninitializedCapacity: count * 3) { bytes, written in
            var writer = UTF8Writer(bytes: bytes)
            forEachSegment { writer.take($0) }
            written = writer.finish()
        }
    }

    /// The length of a well-formed text in UTF-8 bytes.
    public var utf8Count: Int {
        var count = 0
        forEachSegment { count += Self.utf8Count(of: $0) }
        return count
    }

    /// The length of a part of a well-formed text in UTF-8 bytes. Each half of a surrogate pair counts as two.
    ///
    /// So the lengths of the parts of a text add up to that of the whole, wherever it is cut.
    public static func utf8Count(of units: [UInt16]) -> Int {
        units.withUnsafeBufferPointer { utf8Count(of: $0) }
    }

    /// The text of UTF-8 bytes, or nil when they are not well-formed (RFC 3629).
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard let units = Self.units(decoding: bytes) else { return nil }
        self.init(units: units)
    }

    /// The text of a string.
    public init(_ string: String) {
        let decoded = string.utf8.withContiguousStorageIfAvailable { Self.units(decoding: UnsafeRawBufferPointer($0)) }
        self.init(units: decoded.flatMap(\.self) ?? Array(string.utf16))
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

    private static func utf8Count(of units: Units) -> Int {
        let source = UnsafeRawBufferPointer(units)
        var count = units.count
        var index = 0
        while index < units.count {
            if index + 8 <= units.count, isASCII(source, at: index) {
                index += 8
                continue
            }
            let unit = units[index]
            let isWide = unit >= 0x800 && !UTF16.isSurrogate(unit)
            count += (unit >= 0x80 ? 1 : 0) + (isWide ? 1 : 0)
            index += 1
        }
        return count
    }

    /// Whether eight units are ASCII.
    @inline(__always)
    private static func isASCII(_ units: UnsafeRawBufferPointer, at index: Int) -> Bool {
        let low = units.loadUnaligned(fromByteOffset: index * 2, as: UInt64.self)
        let high = units.loadUnaligned(fromByteOffset: index * 2 + 8, as: UInt64.self)
        return (low | high) & 0xFF80_FF80_FF80_FF80 == 0
    }
}
