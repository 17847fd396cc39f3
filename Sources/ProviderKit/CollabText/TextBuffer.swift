/// A text as UTF-16 code units, the unit in which editors count, and a keystroke that costs a keystroke.
///
/// A long text lies in a row of blocks. One of them is at hand: typing there costs the same in a text of 1 KB and of
/// 10 MB. An edit elsewhere takes another block to hand, which costs little more; the text in between is not moved.
/// A value: a copy shares the blocks, and an edit copies the block that it changes.
///
/// A buffer may hold any code units. What enters a room is checked at the edge: see ``isWellFormed``.
public struct TextBuffer: Sendable {
    /// The length in UTF-16 code units.
    public internal(set) var count: Int
    /// The block at hand: the one that was edited last, or the whole of a short text.
    @usableFromInline var block: TextBlock
    /// The position at which the block at hand begins.
    @usableFromInline var start = 0
    /// All blocks in their order, or none when the block at hand is the only one.
    @usableFromInline var row: [Place] = []
    /// The place of the block at hand in the row.
    @usableFromInline var hand = 0

    /// A block in the row. At the place of the block at hand it is empty: a second reference would copy at each edit.
    @usableFromInline
    struct Place: Sendable {
        @usableFromInline var block: TextBlock
        /// Left of the block at hand, how far from the start of the text the block begins; right of it, how far from
        /// the end of the text. So an edit of the block at hand changes none of them.
        @usableFromInline var mark: Int
    }

    /// An empty text.
    public init() {
        self.init(units: [])
    }

    /// A text of these code units. Copies nothing: a text is cut into blocks when it is edited first.
    public init(units: [UInt16]) {
        count = units.count
        block = TextBlock(units)
    }

    @inlinable
    public var isEmpty: Bool { count == 0 }

    /// The code unit at a position. The position must lie inside the text.
    @inlinable
    public subscript(position: Int) -> UInt16 {
        let offset = position - start
        return offset >= 0 && offset < block.count ? block[offset] : unitElsewhere(at: position)
    }

    /// The code units of a range. The range must lie inside the text.
    public subscript(range: Range<Int>) -> [UInt16] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range lies outside the text")
        if isAtHand(range) { return block[(range.lowerBound - start)..<(range.upperBound - start)] }
        return [UInt16](unsafeUninitializedCapacity: range.count) { units, written in
            while written < range.count {
                withRun(from: range.lowerBound + written) { run in
                    let run = Units(rebasing: run.prefix(range.count - written))
                    _ = UnsafeMutableBufferPointer(rebasing: units[written...]).update(from: run)
                    written += run.count
                }
            }
        }
    }

    /// Calls `body` with the runs of code units that make up the text, in order; none of them is empty.
    @inlinable
    public func forEachSegment<Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt16>) throws(Failure) -> Void
    ) throws(Failure) {
        if row.isEmpty { return try block.forEachSegment(body) }
        for place in row.indices {
            try (place == hand ? block : row[place].block).forEachSegment(body)
        }
    }

    /// Replaces the code units of a range. The range must lie inside the text.
    public mutating func replace(_ range: Range<Int>, with units: [UInt16]) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range lies outside the text")
        if !isAtHand(range) { take(place(of: range.lowerBound)) }
        if isAtHand(range), hasGoodLength(block.count - range.count + units.count) {
            block.replace((range.lowerBound - start)..<(range.upperBound - start), with: units)
            count += units.count - range.count
        } else {
            replaceBlocks(range, with: units)
        }
    }
}

extension TextBuffer: Hashable {
    /// Two buffers are equal when their texts are, wherever their blocks begin.
    public static func == (a: TextBuffer, b: TextBuffer) -> Bool {
        a.count == b.count && a.commonPrefix(with: b) == a.count
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        forEachSegment { units in
            for unit in units { hasher.combine(unit) }
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
