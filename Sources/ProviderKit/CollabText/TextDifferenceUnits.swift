extension UnsafeBufferPointer where Element: FixedWidthInteger {
    /// How many elements two runs begin with in common, eight bytes at a time.
    @inline(__always)
    func commonPrefix(with other: Self) -> Int {
        guard let a = UnsafeRawPointer(baseAddress), let b = UnsafeRawPointer(other.baseAddress) else { return 0 }
        let limit = Swift.min(count, other.count)
        let size = MemoryLayout<Element>.size
        let step = MemoryLayout<UInt64>.size / size
        var length = 0
        while length + step <= limit {
            let left = a.loadUnaligned(fromByteOffset: length * size, as: UInt64.self)
            let right = b.loadUnaligned(fromByteOffset: length * size, as: UInt64.self)
            if left != right { break }
            length += step
        }
        while length < limit, self[length] == other[length] { length += 1 }
        return length
    }

    /// The elements of a range, which must lie inside.
    @inline(__always)
    func run(_ range: Range<Int>) -> Self {
        UnsafeBufferPointer(start: baseAddress.map { $0 + range.lowerBound }, count: range.count)
    }
}

extension UnsafeBufferPointer<UInt16> {
    /// How many units both end with in common.
    func commonSuffix(with other: Self) -> Int {
        let limit = Swift.min(count, other.count)
        var length = 0
        while length < limit, self[count - 1 - length] == other[other.count - 1 - length] { length += 1 }
        return length
    }

    /// The first line feed from a position on; nil when there is none.
    func lineFeed(from start: Int) -> Int? {
        guard let base = UnsafeRawPointer(baseAddress) else { return nil }
        var position = start
        while position + 4 <= count {
            // A 16-bit lane is zero where a line feed stands; only then does taking 1 away borrow from its highest bit.
            let four = base.loadUnaligned(fromByteOffset: position * 2, as: UInt64.self) ^ 0x000A_000A_000A_000A
            if (four &- 0x0001_0001_0001_0001) & ~four & 0x8000_8000_8000_8000 != 0 { break }
            position += 4
        }
        while position < count {
            if self[position] == 0x0A { return position }
            position += 1
        }
        return nil
    }

    /// A number that is the same for the same units, in every run of the program.
    var stableHash: UInt64 {
        var hash = UInt64(count)
        var position = 0
        if let base = UnsafeRawPointer(baseAddress) {
            while position + 4 <= count {
                hash.mix(base.loadUnaligned(fromByteOffset: position * 2, as: UInt64.self))
                position += 4
            }
        }
        while position < count {
            hash.mix(UInt64(self[position]))
            position += 1
        }
        return hash
    }
}

extension UInt64 {
    /// Takes in a word; the high half of the product is the better mixed one.
    @inline(__always)
    fileprivate mutating func mix(_ word: UInt64) {
        let product = (self ^ word) &* 0x9E37_79B9_7F4A_7C15
        self = product ^ (product >> 32)
    }
}
