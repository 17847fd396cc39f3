/// A text as UTF-16 code units in a gap buffer: the unit in which editors count, and a keystroke that costs a keystroke.
///
/// The gap stays where the last edit was, so typing in one place costs the same in a text of 1 KB and of 10 MB; an edit
/// far away moves what lies between. A value: a copy shares the storage until one side is edited.
///
/// A buffer may hold any code units. What enters a room is checked at the edge: see ``isWellFormed``.
public struct TextBuffer: Sendable {
    @usableFromInline var storage: [UInt16]
    /// The unused units of `storage`, in the middle of the text.
    @usableFromInline var gap: Range<Int>

    /// An empty text.
    public init() {
        storage = []
        gap = 0..<0
    }

    /// A text of these code units.
    public init(units: [UInt16]) {
        storage = units
        gap = units.count..<units.count
    }

    /// The length in UTF-16 code units.
    @inlinable
    public var count: Int { storage.count - gap.count }

    @inlinable
    public var isEmpty: Bool { count == 0 }

    /// The code unit at a position. The position must lie inside the text.
    @inlinable
    public subscript(position: Int) -> UInt16 {
        storage[position < gap.lowerBound ? position : position + gap.count]
    }

    /// The code units of a range. The range must lie inside the text.
    public subscript(range: Range<Int>) -> [UInt16] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range lies outside the text")
        let before = range.clamped(to: 0..<gap.lowerBound)
        let after = range.clamped(to: gap.lowerBound..<Swift.max(gap.lowerBound, range.upperBound))
        if after.isEmpty { return Array(storage[before]) }
        let shifted = (after.lowerBound + gap.count)..<(after.upperBound + gap.count)
        return before.isEmpty ? Array(storage[shifted]) : Array(storage[before]) + storage[shifted]
    }

    /// Calls `body` with the two runs of code units that make up the text, in order; either may be empty.
    @inlinable
    public func withUnsafeSegments<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt16>, UnsafeBufferPointer<UInt16>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withUnsafeBufferPointer { (units) throws(Failure) -> Result in
            try body(
                UnsafeBufferPointer(rebasing: units[..<gap.lowerBound]),
                UnsafeBufferPointer(rebasing: units[gap.upperBound...]))
        }
    }

    /// Replaces the code units of a range. The range must lie inside the text.
    public mutating func replace(_ range: Range<Int>, with units: [UInt16]) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range lies outside the text")
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

    /// Widens the gap by at least `extra` units, and by a share of the text, so that growth costs a constant on average.
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

extension TextBuffer: Hashable {
    /// Two buffers are equal when their texts are, wherever their gaps lie.
    public static func == (a: TextBuffer, b: TextBuffer) -> Bool {
        a.count == b.count && a.commonPrefix(with: b) == a.count
    }

    public func hash(into hasher: inout Hasher) {
        withUnsafeSegments { first, second in
            for unit in first { hasher.combine(unit) }
            for unit in second { hasher.combine(unit) }
        }
    }
}

extension TextBuffer: ExpressibleByStringLiteral, CustomStringConvertible {
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The text as a string. Half a surrogate pair becomes U+FFFD.
    public var description: String {
        String(decoding: utf8, as: UTF8.self)
    }
}
