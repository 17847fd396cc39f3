extension TextBuffer {
    /// How many code units both texts begin with.
    func commonPrefix(with other: TextBuffer) -> Int {
        withUnsafeSegments { a, b in
            other.withUnsafeSegments { c, d in
                let runs = Runs(a, b, c, d)
                var length = 0
                for run in 0..<Runs.count {
                    let matched = Self.matching(runs.left(run), runs.right(run))
                    length += matched
                    if matched < runs[run].count { break }
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
                let runs = Runs(a, b, c, d)
                var length = 0
                for run in (0..<Runs.count).reversed() {
                    let matched = Self.matchingAtEnd(runs.left(run), runs.right(run))
                    length += matched
                    if matched < runs[run].count { break }
                }
                return length
            }
        }
    }

    private typealias Units = UnsafeBufferPointer<UInt16>

    /// Two texts of two segments each, cut into three runs (some of them empty) that lie within one segment of either.
    ///
    /// No array: texts are compared with every keystroke.
    private struct Runs {
        static let count = 3

        private let segments: (Units, Units, Units, Units)
        private let cuts: (Int, Int, Int)

        init(_ a: Units, _ b: Units, _ c: Units, _ d: Units) {
            segments = (a, b, c, d)
            let length = Swift.min(a.count + b.count, c.count + d.count)
            cuts = (Swift.min(a.count, c.count, length), Swift.min(Swift.max(a.count, c.count), length), length)
        }

        /// The positions of a run.
        subscript(run: Int) -> Range<Int> {
            switch run {
            case 0: 0..<cuts.0
            case 1: cuts.0..<cuts.1
            default: cuts.1..<cuts.2
            }
        }

        func left(_ run: Int) -> Units { Self.slice(segments.0, segments.1, self[run]) }

        func right(_ run: Int) -> Units { Self.slice(segments.2, segments.3, self[run]) }

        private static func slice(_ first: Units, _ second: Units, _ range: Range<Int>) -> Units {
            if range.upperBound <= first.count { return Units(rebasing: first[range]) }
            return Units(rebasing: second[(range.lowerBound - first.count)..<(range.upperBound - first.count)])
        }
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
