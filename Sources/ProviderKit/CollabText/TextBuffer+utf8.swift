extension TextBuffer {
    /// Whether every surrogate is half of a pair and no unit is U+0000: what a room's text always is.
    public var isWellFormed: Bool {
        withUnsafeSegments { first, second in
            var check = SurrogateCheck()
            check.take(first)
            check.take(second)
            return check.isWellFormed
        }
    }

    /// The text as UTF-8 bytes. Half a surrogate pair becomes U+FFFD.
    public var utf8: [UInt8] {
        withUnsafeSegments { first, second in
            // Three bytes for a unit are enough: a pair of units takes four.
            [UInt8](unsafeUninitializedCapacity: count * 3) { bytes, written in
                var writer = UTF8Writer(bytes: bytes)
                writer.take(first)
                writer.take(second)
                written = writer.finish()
            }
        }
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
}
