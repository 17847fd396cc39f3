extension TextBuffer {
    /// How many code units both texts begin with.
    func commonPrefix(with other: TextBuffer) -> Int {
        let limit = Swift.min(count, other.count)
        var length = 0
        while length < limit {
            let (matched, compared) = withRun(from: length) { a in
                other.withRun(from: length) { b in
                    let common = Swift.min(a.count, b.count)
                    return (Self.matching(a.prefix(common), b.prefix(common)), common)
                }
            }
            length += matched
            if matched < compared { break }
        }
        return length
    }

    /// How many code units both texts end with, at most `limit`, which neither text is shorter than.
    func commonSuffix(with other: TextBuffer, limit: Int) -> Int {
        var length = 0
        while length < limit {
            let (matched, compared) = withRun(upTo: count - length) { a in
                other.withRun(upTo: other.count - length) { b in
                    let common = Swift.min(a.count, b.count, limit - length)
                    return (Self.matchingAtEnd(a.suffix(common), b.suffix(common)), common)
                }
            }
            length += matched
            if matched < compared { break }
        }
        return length
    }

    /// How many units two runs of the same length begin with, eight at a time.
    private static func matching(_ a: Slice<Units>, _ b: Slice<Units>) -> Int {
        let (a, b) = (Units(rebasing: a), Units(rebasing: b))
        guard let left = UnsafeRawPointer(a.baseAddress), let right = UnsafeRawPointer(b.baseAddress) else { return 0 }
        // A block that two texts share.
        if left == right { return a.count }
        var index = 0
        while index + 8 <= a.count, areEqual(left + index * 2, right + index * 2) { index += 8 }
        while index < a.count, a[index] == b[index] { index += 1 }
        return index
    }

    /// How many units two runs of the same length end with, eight at a time.
    private static func matchingAtEnd(_ a: Slice<Units>, _ b: Slice<Units>) -> Int {
        let (a, b) = (Units(rebasing: a), Units(rebasing: b))
        guard let left = UnsafeRawPointer(a.baseAddress), let right = UnsafeRawPointer(b.baseAddress) else { return 0 }
        if left == right { return a.count }
        var end = a.count
        while end >= 8, areEqual(left + (end - 8) * 2, right + (end - 8) * 2) { end -= 8 }
        while end > 0, a[end - 1] == b[end - 1] { end -= 1 }
        return a.count - end
    }

    /// Whether the eight units at both addresses are equal.
    @inline(__always)
    private static func areEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> Bool {
        let low = a.loadUnaligned(as: UInt64.self) ^ b.loadUnaligned(as: UInt64.self)
        let high =
            a.loadUnaligned(fromByteOffset: 8, as: UInt64.self) ^ b.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        return low | high == 0
    }
}
