extension TextBuffer {
    /// How many code units both texts begin with.
    func commonPrefix(with other: TextBuffer) -> Int {
        withUnsafeSegments { a, b in
            other.withUnsafeSegments { c, d in
                var length = 0
                for (mine, theirs) in Self.pairs(a, b, c, d) {
                    let matched = Self.matching(mine, theirs)
                    length += matched
                    if matched < mine.count { break }
                }
                return length
            }
        }
    }

    /// How many code units both texts end with, at most `limit`, which neither text is shorter than.
    func commonSuffix(with other: TextBuffer, limit: Int) -> Int {
        withUnsafeSegments { a, b in
            other.withUnsafeSegments { c, d in
                let (a, b) = Self.tail(a, b, limit)
                let (c, d) = Self.tail(c, d, limit)
                var length = 0
                for (mine, theirs) in Self.pairs(a, b, c, d).reversed() {
                    let matched = Self.matchingAtEnd(mine, theirs)
                    length += matched
                    if matched < mine.count { break }
                }
                return length
            }
        }
    }

    private typealias Units = UnsafeBufferPointer<UInt16>

    /// Cuts two texts of two segments each into at most three pairs of runs of the same length, in order.
    private static func pairs(_ a: Units, _ b: Units, _ c: Units, _ d: Units) -> [(Units, Units)] {
        let length = Swift.min(a.count + b.count, c.count + d.count)
        let cuts = [0, Swift.min(a.count, c.count, length), Swift.min(Swift.max(a.count, c.count), length), length]
        return zip(cuts, cuts.dropFirst()).compactMap { start, end in
            guard start < end else { return nil }
            return (slice(a, b, start..<end), slice(c, d, start..<end))
        }
    }

    /// The units of a range that lies within one of two segments.
    private static func slice(_ first: Units, _ second: Units, _ range: Range<Int>) -> Units {
        if range.upperBound <= first.count { return Units(rebasing: first[range]) }
        return Units(rebasing: second[(range.lowerBound - first.count)..<(range.upperBound - first.count)])
    }

    /// The last `length` units of a text of two segments.
    private static func tail(_ first: Units, _ second: Units, _ length: Int) -> (Units, Units) {
        let kept = Swift.min(second.count, length)
        return (Units(rebasing: first.suffix(length - kept)), Units(rebasing: second.suffix(kept)))
    }

    /// How many units two runs of the same length begin with, four at a time.
    private static func matching(_ a: Units, _ b: Units) -> Int {
        guard let left = UnsafeRawPointer(a.baseAddress), let right = UnsafeRawPointer(b.baseAddress) else { return 0 }
        var index = 0
        while index + 4 <= a.count {
            let x = left.loadUnaligned(fromByteOffset: index * 2, as: UInt64.self)
            let y = right.loadUnaligned(fromByteOffset: index * 2, as: UInt64.self)
            if x != y { break }
            index += 4
        }
        while index < a.count, a[index] == b[index] { index += 1 }
        return index
    }

    /// How many units two runs of the same length end with, four at a time.
    private static func matchingAtEnd(_ a: Units, _ b: Units) -> Int {
        guard let left = UnsafeRawPointer(a.baseAddress), let right = UnsafeRawPointer(b.baseAddress) else { return 0 }
        var end = a.count
        while end >= 4 {
            let x = left.loadUnaligned(fromByteOffset: end * 2 - 8, as: UInt64.self)
            let y = right.loadUnaligned(fromByteOffset: end * 2 - 8, as: UInt64.self)
            if x != y { break }
            end -= 4
        }
        while end > 0, a[end - 1] == b[end - 1] { end -= 1 }
        return a.count - end
    }
}
