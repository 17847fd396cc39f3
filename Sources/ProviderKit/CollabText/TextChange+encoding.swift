extension TextChange {
    /// The change as bytes, for the log: about the inserted text and a few bytes more.
    ///
    /// All numbers are LEB128: the length of the base, the number of replacements, then for each the units kept since the
    /// last one, the units deleted, the number of units inserted, and these units.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(12 + insertedCount * 2)
        encode(into: &bytes)
        return bytes
    }

    /// Appends ``encoded`` to `bytes`.
    public func encode(into bytes: inout [UInt8]) {
        bytes.appendVarint(baseLength)
        bytes.appendVarint(replacements.count)
        var position = 0
        for replacement in replacements {
            bytes.appendVarint(replacement.range.lowerBound - position)
            bytes.appendVarint(replacement.range.count)
            bytes.appendVarint(replacement.insert.count)
            for unit in replacement.insert { bytes.appendVarint(Int(unit)) }
            position = replacement.range.upperBound
        }
    }

    /// Reads what ``encoded`` wrote.
    ///
    /// - Throws: ``TextChangeError/malformed`` when the bytes are no encoded change, whoever made them.
    public init(encoded bytes: some Sequence<UInt8>) throws(TextChangeError) {
        var reader = VarintReader(Array(bytes))
        try self.init(reading: &reader)
    }

    /// Reads what ``encoded`` wrote, where a reader is, up to the end.
    ///
    /// - Throws: ``TextChangeError/malformed`` when the bytes are no encoded change, whoever made them.
    public init(reading reader: inout VarintReader) throws(TextChangeError) {
        let length = try reader.next()
        var replacements: [Replacement] = []
        var position = 0
        for _ in 0..<(try reader.next()) {
            let kept = try reader.next()
            let deleted = try reader.next()
            guard kept <= length - position, deleted <= length - position - kept else { throw .malformed }
            let start = position + kept
            position = start + deleted
            replacements.append(Replacement(start..<position, insert: try reader.units()))
        }
        guard reader.isAtEnd else { throw .malformed }
        guard length <= Self.longestText else { throw .malformed }
        try self.init(baseLength: length, replacements: replacements)
    }
}

extension [UInt8] {
    /// Appends a number that is not negative, as LEB128.
    public mutating func appendVarint(_ value: Int) {
        var rest = UInt(bitPattern: value)
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }
}
