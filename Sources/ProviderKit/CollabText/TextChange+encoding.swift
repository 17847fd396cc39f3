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
        // One concrete type, so that the loops below are compiled for it; an array is not copied.
        try self.init(encodedBytes: Array(bytes))
    }

    private init(encodedBytes bytes: [UInt8]) throws(TextChangeError) {
        var reader = VarintReader(bytes.makeIterator())
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
        try self.init(baseLength: length, replacements: replacements)
        // The length of the text afterwards must be a number, too.
        guard !baseLength.addingReportingOverflow(insertedCount).overflow else { throw .malformed }
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
    private var source: Bytes

    public init(_ source: Bytes) {
        self.source = source
    }

    /// The next number, from 0 to `Int.max`.
    public mutating func next() throws(TextChangeError) -> Int {
        var value: UInt = 0
        var shift: UInt = 0
        while let byte = source.next() {
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

    /// A counted run of bytes.
    public mutating func bytes() throws(TextChangeError) -> [UInt8] {
        var run: [UInt8] = []
        for _ in 0..<(try next()) {
            guard let byte = source.next() else { throw .malformed }
            run.append(byte)
        }
        return run
    }

    /// The bytes that are not read yet.
    public func rest() -> IteratorSequence<Bytes> {
        IteratorSequence(source)
    }

    /// Whether every byte was read.
    var isAtEnd: Bool {
        mutating get { source.next() == nil }
    }
}
