/// A piece of a text in a gap buffer: UTF-16 code units with a gap where the last edit was.
///
/// The gap stays where it is, so typing in one place moves nothing; an edit elsewhere moves what lies between.
@usableFromInline
struct TextBlock: Sendable {
    @usableFromInline typealias Units = UnsafeBufferPointer<UInt16>

    @usableFromInline var storage: [UInt16]
    /// The unused units of `storage`, in the middle of the text.
    @usableFromInline var gap: Range<Int>

    /// A block of these code units. Copies nothing.
    init(_ units: [UInt16] = []) {
        storage = units
        gap = units.count..<units.count
    }

    /// The length in UTF-16 code units.
    @inlinable var count: Int { storage.count - gap.count }

    /// The code unit at a position inside the block.
    @inlinable
    subscript(position: Int) -> UInt16 {
        storage[position < gap.lowerBound ? position : position + gap.count]
    }

    /// The code units of a range inside the block.
    subscript(range: Range<Int>) -> [UInt16] {
        if range.upperBound <= gap.lowerBound { return Array(storage[range]) }
        let end = range.upperBound + gap.count
        if range.lowerBound >= gap.lowerBound { return Array(storage[(range.lowerBound + gap.count)..<end]) }
        return Array(storage[range.lowerBound..<gap.lowerBound]) + storage[gap.upperBound..<end]
    }

    /// Calls `body` with the runs of code units that make up the block, in order: two at most, none of them empty.
    @inlinable
    func forEachSegment<Failure: Error>(_ body: (Units) throws(Failure) -> Void) throws(Failure) {
        try storage.withUnsafeBufferPointer { (units) throws(Failure) in
            if gap.lowerBound > 0 { try body(Units(rebasing: units[..<gap.lowerBound])) }
            if gap.upperBound < units.count { try body(Units(rebasing: units[gap.upperBound...])) }
        }
    }

    /// Calls `body` with the longest run of code units that begins at a position inside the block.
    func withRun<Result>(from position: Int, _ body: (Units) -> Result) -> Result {
        storage.withUnsafeBufferPointer { units in
            let run = position < gap.lowerBound ? position..<gap.lowerBound : (position + gap.count)..<units.count
            return body(Units(rebasing: units[run]))
        }
    }

    /// Calls `body` with the longest run of code units that ends at a position inside the block or at its end.
    func withRun<Result>(upTo position: Int, _ body: (Units) -> Result) -> Result {
        storage.withUnsafeBufferPointer { units in
            let run = position <= gap.lowerBound ? 0..<position : gap.upperBound..<(position + gap.count)
            return body(Units(rebasing: units[run]))
        }
    }

    /// Replaces the code units of a range inside the block.
    mutating func replace(_ range: Range<Int>, with units: [UInt16]) {
        if units.count > gap.count + range.count { makeRoom(for: units.count - range.count) }
        moveGap(to: range)
        storage.withUnsafeMutableBufferPointer { storage in
            units.withUnsafeBufferPointer { units in
                guard let target = storage.baseAddress, let source = units.baseAddress else { return }
                (target + gap.lowerBound).update(from: source, count: units.count)
            }
        }
        gap = (gap.lowerBound + units.count)..<gap.upperBound
    }

    /// Puts the gap where `range` is and lets it swallow the range.
    private mutating func moveGap(to range: Range<Int>) {
        let size = gap.count
        storage.withUnsafeMutableBufferPointer { storage in
            guard let base = storage.baseAddress else { return }
            if range.upperBound < gap.lowerBound {
                let moved = gap.lowerBound - range.upperBound
                (base + range.upperBound + size).update(from: base + range.upperBound, count: moved)
            } else if range.lowerBound > gap.lowerBound {
                let moved = range.lowerBound - gap.lowerBound
                (base + gap.lowerBound).update(from: base + gap.upperBound, count: moved)
            }
        }
        gap = range.lowerBound..<(range.upperBound + size)
    }

    /// Widens the gap by at least `extra` units, and by a share of the block, so that growth costs a constant on average.
    private mutating func makeRoom(for extra: Int) {
        let wanted = extra + Swift.max(64, count / 8)
        var grown: [UInt16] = []
        grown.reserveCapacity(count + wanted)
        grown.append(contentsOf: storage[..<gap.lowerBound])
        grown.append(contentsOf: repeatElement(0, count: wanted))
        grown.append(contentsOf: storage[gap.upperBound...])
        storage = grown
        gap = gap.lowerBound..<(gap.lowerBound + wanted)
    }
}
