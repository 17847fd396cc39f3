/// Reads LEB128 numbers, and runs of what they count, from bytes of any origin.
///
/// Of one concrete type, since a log of thousands of entries is read when a room is opened.
public struct VarintReader {
    private let bytes: [UInt8]
    /// How many bytes were read.
    public private(set) var position: Int

    /// - Parameter start: where to begin, in bytes.
    public init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        position = start
    }

    /// Whether every byte was read.
    public var isAtEnd: Bool { position >= bytes.count }

    /// The next number, from 0 to `Int.max`.
    public mutating func next() throws(TextChangeError) -> Int {
        var value: UInt = 0
        var shift: UInt = 0
        while position < bytes.count, shift < 63 {
            let byte = bytes[position]
            position += 1
            value |= UInt(byte & 0x7F) << shift
            if byte < 0x80 { return Int(value) }
            shift += 7
        }
        throw .malformed
    }

    /// Where the bytes of a counted run are.
    public mutating func run() throws(TextChangeError) -> Range<Int> {
        let count = try next()
        guard count <= bytes.count - position else { throw .malformed }
        defer { position += count }
        return position..<(position + count)
    }

    /// A counted run of UTF-8.
    public mutating func text() throws(TextChangeError) -> String {
        String(decoding: bytes[try run()], as: UTF8.self)
    }

    /// A counted run of UTF-16 code units, each a number.
    mutating func units() throws(TextChangeError) -> [UInt16] {
        let count = try next()
        guard count <= bytes.count - position else { throw .malformed }
        var units: [UInt16] = []
        units.reserveCapacity(count)
        for _ in 0..<count {
            guard let unit = UInt16(exactly: try next()) else { throw .malformed }
            units.append(unit)
        }
        return units
    }
}
