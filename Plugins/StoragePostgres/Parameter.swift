import ProviderKit

/// A value that is sent to the server, in PostgreSQL's binary form.
enum Parameter {
    case null
    case text(String)
    case integer(Int)
    case time(Timestamp)
    case bytes([UInt8])
    case texts([String])
    case integers([Int])
    case times([Timestamp])
    case byteArrays([[UInt8]])

    /// Adds the binary form to a buffer. To be called for all but ``null``.
    func encode(into buffer: inout [UInt8]) {
        switch self {
        case .null: break
        case .text(let text): buffer += text.utf8
        case .integer(let value): buffer.append(bigEndian: Int64(value))
        case .time(let time): buffer.append(bigEndian: time.microsecondsSince2000)
        case .bytes(let bytes): buffer += bytes
        case .texts(let texts): buffer.append(array: texts, of: 25) { $0 += $1.utf8 }
        case .integers(let values): buffer.append(array: values, of: 20) { $0.append(bigEndian: Int64($1)) }
        case .times(let times): buffer.append(array: times, of: 1184) { $0.append(bigEndian: $1.microsecondsSince2000) }
        case .byteArrays(let arrays): buffer.append(array: arrays, of: 17) { $0 += $1 }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { self += $0 }
    }

    /// Adds an array without NULLs: its dimension, then each element after its length.
    ///
    /// - Parameter type: the object id of the elements' type, from PostgreSQL's `pg_type.dat`.
    fileprivate mutating func append<Item>(
        array: [Item], of type: Int32, _ encode: (inout [UInt8], Item) -> Void
    ) {
        let (dimensions, hasNulls, firstIndex) = (Int32(1), Int32(0), Int32(1))
        append(bigEndian: dimensions)
        append(bigEndian: hasNulls)
        append(bigEndian: type)
        append(bigEndian: Int32(clamping: array.count))
        append(bigEndian: firstIndex)
        for item in array {
            let start = count
            append(bigEndian: Int32(0))
            encode(&self, item)
            let length = Int32(clamping: count - start - 4)
            Swift.withUnsafeBytes(of: length.bigEndian) { replaceSubrange(start..<(start + 4), with: $0) }
        }
    }
}

extension Timestamp {
    /// 2000-01-01T00:00:00Z, which PostgreSQL counts from, in milliseconds since 1970.
    private static let epoch: Int64 = 946_684_800_000
    /// The times that a `timestamptz` can hold: 4714 BC to the end of the year 294276.
    private static let representable: ClosedRange<Int64> = -210_866_803_200_000...9_224_318_015_999_999

    /// As a `timestamptz` holds it; a time that none can hold becomes the nearest one.
    fileprivate var microsecondsSince2000: Int64 {
        let clamped = min(max(milliseconds, Self.representable.lowerBound), Self.representable.upperBound)
        return (clamped - Self.epoch) * 1_000
    }

    /// The millisecond that a `timestamptz` lies in.
    init(microsecondsSince2000 microseconds: Int64) {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000)
        self.init(milliseconds: quotient - (remainder < 0 ? 1 : 0) + Self.epoch)
    }
}
