/// Reads PostgreSQL's binary form of values. Throws `.damaged` where it ends too early.
struct BinaryReader {
    private var rest: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
    }

    /// The next bytes as a big-endian integer.
    mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws(PostgresFailure) -> Value {
        Value(bigEndian: try take(MemoryLayout<Value>.size).loadUnaligned(as: Value.self))
    }

    /// An array of one dimension without NULLs.
    mutating func array<Element>(
        _ decode: (UnsafeRawBufferPointer) throws(PostgresFailure) -> Element
    ) throws(PostgresFailure) -> [Element] {
        let dimensions = try integer(Int32.self)
        _ = try take(8)
        guard dimensions == 1 else { return [] }
        let count = try integer(Int32.self)
        _ = try take(4)
        var elements: [Element] = []
        for _ in 0..<max(count, 0) {
            let length = try integer(Int32.self)
            elements.append(try decode(take(Int(length))))
        }
        return elements
    }

    private mutating func take(_ count: Int) throws(PostgresFailure) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= rest.count else { throw .damaged("a value has another type") }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
        return UnsafeRawBufferPointer(rebasing: rest[..<count])
    }
}
