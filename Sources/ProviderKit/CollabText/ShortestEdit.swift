/// The fewest insertions and deletions that lead from one sequence to another: the greedy algorithm of Myers 1986.
///
/// Row `distance` of a triangle holds, for each diagonal that so many edits can reach, how far along the old sequence
/// they lead. Rows follow each other in one array, so that the way back can be read from them.
struct ShortestEdit<Element: FixedWidthInteger> {
    private let old: UnsafeBufferPointer<Element>
    private let new: UnsafeBufferPointer<Element>
    private var reached: [Int32] = []

    /// What is kept of both sequences; nil when they differ by more than `limit` edits, or when finding out takes more
    /// than a share of the budget.
    ///
    /// The triangle takes `2 * limit * limit` bytes at most.
    static func matches(
        _ old: UnsafeBufferPointer<Element>, _ new: UnsafeBufferPointer<Element>, limit: Int,
        budget: inout DifferenceBudget
    ) -> [TextDifference.Run]? {
        // When most of a short sequence is different, what is left in common is not worth finding.
        let limit = Swift.min(limit, 64 + (old.count + new.count) / 2)
        guard abs(old.count - new.count) <= limit, Swift.max(old.count, new.count) < Int32.max / 2 else { return nil }
        var search = ShortestEdit(old: old, new: new)
        let share = budget.share
        var left = share
        let distance = search.distance(upTo: limit, steps: &left)
        let canAfford = budget.spend(share - left)
        guard canAfford, let distance else { return nil }
        return search.wayBack(from: distance)
    }

    private init(old: UnsafeBufferPointer<Element>, new: UnsafeBufferPointer<Element>) {
        self.old = old
        self.new = new
    }

    /// How many edits lead to the end.
    private mutating func distance(upTo limit: Int, steps: inout Int) -> Int? {
        for distance in 0...limit {
            let isAtEnd = addRow(distance, steps: &steps)
            if steps < 0 { return nil }
            if isAtEnd { return distance }
        }
        return nil
    }

    /// Goes as far as `distance` edits lead on every diagonal; whether that is to the end of both sequences.
    private mutating func addRow(_ distance: Int, steps: inout Int) -> Bool {
        let (old, new) = (old, new)
        let goal = old.count - new.count
        reached.append(contentsOf: repeatElement(0, count: distance + 1))
        return reached.withUnsafeMutableBufferPointer { reached in
            for column in 0...distance {
                let diagonal = 2 * column - distance
                let start = Self.start(distance, column, in: UnsafeBufferPointer(reached))
                let length = Self.commonLength(old, start, new, start - diagonal)
                reached[Self.index(distance, column)] = Int32(truncatingIfNeeded: start + length)
                if diagonal == goal, start + length >= old.count { return true }
                steps -= 1 + length >> 2
                if steps < 0 { return false }
            }
            return false
        }
    }

    /// Where the last of `distance` edits leads on a diagonal, before what follows there in common.
    @inline(__always)
    private static func start(_ distance: Int, _ column: Int, in reached: UnsafeBufferPointer<Int32>) -> Int {
        if distance == 0 { return 0 }
        let inserted = column == distance ? -1 : Int(reached[index(distance - 1, column)])
        let deleted = column == 0 ? -1 : Int(reached[index(distance - 1, column - 1)]) + 1
        return Swift.max(inserted, deleted)
    }

    @inline(__always)
    private static func index(_ distance: Int, _ column: Int) -> Int {
        distance * (distance + 1) / 2 + column
    }

    /// The runs in common on the way to the end, from left to right.
    private func wayBack(from distance: Int) -> [TextDifference.Run] {
        var runs: [TextDifference.Run] = []
        var column = (old.count - new.count + distance) / 2
        for distance in (0...distance).reversed() {
            let start = reached.withUnsafeBufferPointer { Self.start(distance, column, in: $0) }
            let count = Int(reached[Self.index(distance, column)]) - start
            if count > 0 { runs.append(.init(old: start, new: start - (2 * column - distance), count: count)) }
            // The edit was a deletion when the diagonal on that side led here.
            if column > 0, Int(reached[Self.index(distance - 1, column - 1)]) + 1 == start { column -= 1 }
        }
        return runs.reversed()
    }

    /// How many elements the sequences have in common from two positions on, which may lie behind their ends.
    @inline(__always)
    private static func commonLength(
        _ old: UnsafeBufferPointer<Element>, _ x: Int, _ new: UnsafeBufferPointer<Element>, _ y: Int
    ) -> Int {
        guard x < old.count, y < new.count, old[x] == new[y] else { return 0 }
        return old.run(x..<old.count).commonPrefix(with: new.run(y..<new.count))
    }
}
