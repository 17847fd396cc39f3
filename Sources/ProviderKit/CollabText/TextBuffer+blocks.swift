extension TextBuffer {
    typealias Units = UnsafeBufferPointer<UInt16>

    /// A longer block is cut, when it is edited.
    private static let longest = 4_096
    /// A shorter block is joined with its neighbour, when it has one.
    private static let shortest = longest / 8
    /// How long blocks are made, so that they may grow and shrink for a while.
    private static let usual = longest * 3 / 4

    /// Whether a block of this length may stand in the row, or alone.
    func hasGoodLength(_ length: Int) -> Bool {
        length <= Self.longest && (length >= Self.shortest || row.isEmpty)
    }

    /// Whether a range lies inside the block at hand.
    func isAtHand(_ range: Range<Int>) -> Bool {
        range.lowerBound >= start && range.upperBound <= start + block.count
    }

    /// The place of the block that holds the unit at a position; the last one for the end of the text.
    func place(of position: Int) -> Int {
        var places = position < start ? 0..<hand : hand..<row.count
        while places.count > 1 {
            let middle = (places.lowerBound + places.upperBound) / 2
            places = begin(of: middle) <= position ? middle..<places.upperBound : places.lowerBound..<middle
        }
        return places.lowerBound
    }

    /// The position at which the block at a place begins.
    private func begin(of place: Int) -> Int {
        if place == hand { return start }
        return place < hand ? row[place].mark : count - row[place].mark
    }

    /// The position at which the block at a place ends.
    private func end(of place: Int) -> Int {
        place + 1 < row.count ? begin(of: place + 1) : count
    }

    @usableFromInline
    func unitElsewhere(at position: Int) -> UInt16 {
        precondition(position >= 0 && position < count, "the position lies outside the text")
        let place = place(of: position)
        return row[place].block[position - begin(of: place)]
    }

    /// Calls `body` with a run of code units that begins at a position inside the text.
    func withRun<Result>(from position: Int, _ body: (Units) -> Result) -> Result {
        if position >= start, position - start < block.count {
            return block.withRun(from: position - start, body)
        }
        let place = place(of: position)
        return row[place].block.withRun(from: position - begin(of: place), body)
    }

    /// Calls `body` with a run of code units that ends at a position after the start of the text.
    func withRun<Result>(upTo position: Int, _ body: (Units) -> Result) -> Result {
        if position > start, position - start <= block.count {
            return block.withRun(upTo: position - start, body)
        }
        let place = place(of: position - 1)
        return row[place].block.withRun(upTo: position - begin(of: place), body)
    }

    /// Takes the block at a place to hand, and lays the one at hand back.
    mutating func take(_ place: Int) {
        guard place != hand else { return }
        let begin = begin(of: place)
        swap(&block, &row[hand].block)
        swap(&block, &row[place].block)
        // The marks of what passes from one side of the hand to the other are counted from the other end.
        row[hand].mark = place > hand ? count - start : start
        let length = count
        row.withUnsafeMutableBufferPointer { row in
            for passed in place > hand ? hand..<place : (place + 1)..<(hand + 1) {
                row[passed].mark = length - row[passed].mark
            }
        }
        (hand, start) = (place, begin)
    }

    /// Replaces a range by making anew the blocks that it lies in. The block at hand is the first of them.
    mutating func replaceBlocks(_ range: Range<Int>, with units: [UInt16]) {
        if row.isEmpty { row = [Place(block: TextBlock(), mark: 0)] }
        var first = hand
        var last = isAtHand(range) ? hand : place(of: range.upperBound - 1)
        if end(of: last) - start - range.count + units.count < Self.shortest {
            if last + 1 < row.count { last += 1 } else if first > 0 { first -= 1 }
        }
        take(first)
        var joined: [UInt16] = []
        joined.reserveCapacity(end(of: last) - start - range.count + units.count)
        joined += self[start..<range.lowerBound]
        joined += units
        joined += self[range.upperBound..<end(of: last)]
        count += units.count - range.count
        lay(joined, at: first...last, cursor: range.lowerBound + units.count - start)
    }

    /// Puts new blocks of about the same length in these places, and takes the one to hand that a cursor stands in.
    ///
    /// - Parameter places: they begin with that of the block at hand.
    private mutating func lay(_ units: [UInt16], at places: ClosedRange<Int>, cursor: Int) {
        let pieces = Swift.max(1, (units.count + Self.usual - 1) / Self.usual)
        let cuts = (0...pieces).map { $0 * units.count / pieces }
        let held = cuts.dropFirst().firstIndex { cursor <= $0 }.map { $0 - 1 } ?? 0
        let made = (0..<pieces).map { piece in
            let begin = start + cuts[piece]
            return Place(
                block: TextBlock(Array(units[cuts[piece]..<cuts[piece + 1]])),
                mark: piece < held ? begin : count - begin)
        }
        row.replaceSubrange(places, with: made)
        (hand, start) = (places.lowerBound + held, start + cuts[held])
        block = TextBlock()
        swap(&block, &row[hand].block)
        if row.count == 1 { (hand, row) = (0, []) }
    }
}
