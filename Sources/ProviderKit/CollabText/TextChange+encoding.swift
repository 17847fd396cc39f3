extension TextChange {
    /// The change as bytes, for the log: about the inserted text and a few bytes more.
    ///
    /// All numbers are LEB128: the length of the base, the number of replacements, then for each the units kept since the
    /// last one, the units deleted, the number of units inserted, and these units.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        encode(into: &bytes)
        return bytes
    }

    /// Appends ``encoded`` to `bytes`.
    public func encode(into bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + 12 + insertedCount * 2)
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
    /// - Throws: ``TextChangeError/malformed`` when the bytes are anything else, whoever made them.
    public init(encoded bytes: some Sequence<UInt8>) throws(TextChangeError) {
        var reader = VarintReader(bytes.makeIterator())
        let length = try reader.next()
        var replacements: [Replacement] = []
        var position = 0
        for _ in 0..<(try reader.next()) {
            let kept = try reader.next()
            let deleted = try reader.next()
            let (start, startOverflows) = position.addingReportingOverflow(kept)
            let (end, endOverflows) = start.addingReportingOverflow(deleted)
            guard !startOverflows, !endOverflows else { throw .malformed }
            replacements.append(Replacement(start..<end, insert: try reader.units()))
            position = end
        }
        guard reader.isAtEnd else { throw .malformed }
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

/// Reads LEB128 numbers from bytes of any origin.
public struct VarintReader<Bytes: IteratorProtocol<UInt8>> {
    private var bytes: Bytes

    public init(_ bytes: Bytes) {
        self.bytes = bytes
    }

    /// The next number, from 0 to `Int.max`.
    public mutating func next() throws(TextChangeError) -> Int {
        var value: UInt = 0
        var shift: UInt = 0
        while let byte = bytes.next() {
            guard shift < 63 else { throw .malformed }
            value |= UInt(byte & 0x7F) << shift
            if byte < 0x80 { return Int(value) }
            shift += 7
        }
        throw .malformed
    }

    /// A counted run of UTF-16 code units.
    mutating func units() throws(TextChangeError) -> [UInt16] {
        var units: [UInt16] = []
        for _ in 0..<(try next()) {
            guard let unit = UInt16(exactly: try next()) else { throw .malformed }
            units.append(unit)
        }
        return units
    }

    /// Whether every byte was read.
    var isAtEnd: Bool {
        mutating get { bytes.next() == nil }
    }
}
