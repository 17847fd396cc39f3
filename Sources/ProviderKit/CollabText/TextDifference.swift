/// Finds what two texts have in common, in order, with bounds on time and memory.
///
/// First unit by unit; when that takes too many steps, line by line, and then unit by unit within what differs between
/// the lines found in both.
struct TextDifference {
    /// Units that stand in both texts.
    struct Run: Equatable {
        var old: Int
        var new: Int
        var count: Int

        /// The run with its end, or its start, so much further right.
        fileprivate func moved(by shift: Int, start: Bool = false) -> Run {
            start
                ? Run(old: old + shift, new: new + shift, count: count - shift)
                : Run(old: old, new: new, count: count + shift)
        }
    }

    /// A shorter run between two replacements is most often a coincidence, as the `e` in `let` and `were`: keeping it
    /// would cut a replaced word into pieces, which someone else's edit could then get in between.
    static let shortestRun = 4

    /// With more units taken out and put in than this, lines are compared. Keeps a search near 100 µs and 130 KB.
    private static let mostUnits = 256

    typealias Units = UnsafeBufferPointer<UInt16>

    private let old: Units
    private let new: Units
    private var budget: DifferenceBudget
    private var found: [Run] = []

    /// The runs that two texts have in common, from left to right, with units between two of them in one text at least.
    ///
    /// None is shorter than ``shortestRun``, and none takes one half of a surrogate pair without the other.
    static func runs(in old: [UInt16], and new: [UInt16]) -> [Run] {
        old.withUnsafeBufferPointer { old in
            new.withUnsafeBufferPointer { new in
                var difference = TextDifference(old, new)
                if !difference.compareUnits(old.indices, new.indices) { difference.compareLines() }
                return difference.joined().compactMap(difference.usable)
            }
        }
    }

    private init(_ old: Units, _ new: Units) {
        self.old = old
        self.new = new
        budget = DifferenceBudget(units: old.count + new.count)
    }

    /// Finds what two ranges have in common, unit by unit; false when they differ too much.
    private mutating func compareUnits(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        guard let matches = ShortestEdit.matches(old.run(a), new.run(b), limit: Self.mostUnits, budget: &budget)
        else { return false }
        for match in matches {
            keep(Run(old: a.lowerBound + match.old, new: b.lowerBound + match.new, count: match.count))
        }
        return true
    }

    /// Finds the lines that the texts have in common, and compares what lies between these unit by unit.
    private mutating func compareLines() {
        guard let lines = DifferenceLines(old, new, budget: &budget),
            let matches = lines.matches(budget: &budget)
        else { return }
        var a = 0
        var b = 0
        for match in matches {
            for offset in 0..<match.count {
                let left = lines.old[match.old + offset]
                let right = lines.new[match.new + offset]
                refine(a..<left.start, b..<right.start)
                keep(left, right)
                a = left.end
                b = right.end
            }
        }
        refine(a..<old.count, b..<new.count)
    }

    /// Keeps what two ranges between equal lines begin and end with in common, and compares the rest unit by unit.
    private mutating func refine(_ a: Range<Int>, _ b: Range<Int>) {
        if a.isEmpty || b.isEmpty { return }
        let prefix = old.run(a).commonPrefix(with: new.run(b))
        let left = (a.lowerBound + prefix)..<a.upperBound
        let right = (b.lowerBound + prefix)..<b.upperBound
        let suffix = old.run(left).commonSuffix(with: new.run(right))
        keep(Run(old: a.lowerBound, new: b.lowerBound, count: prefix))
        if Swift.min(left.count, right.count) - suffix >= Self.shortestRun {
            _ = compareUnits(
                left.lowerBound..<(left.upperBound - suffix), right.lowerBound..<(right.upperBound - suffix))
        }
        keep(Run(old: a.upperBound - suffix, new: b.upperBound - suffix, count: suffix))
    }

    /// Keeps a line, and as much of its ending as both texts have: CRLF and LF end a line alike.
    private mutating func keep(_ left: DifferenceLines.Line, _ right: DifferenceLines.Line) {
        keep(Run(old: left.start, new: right.start, count: left.count))
        let shared = left.ending == right.ending ? left.ending : Swift.min(left.ending, right.ending, 1)
        keep(Run(old: left.end - shared, new: right.end - shared, count: shared))
    }

    /// Appends a run to those found, or makes the last one longer.
    private mutating func keep(_ run: Run) {
        guard run.count > 0 else { return }
        if let last = found.last, last.old + last.count == run.old, last.new + last.count == run.new {
            found[found.count - 1].count += run.count
        } else {
            found.append(run)
        }
    }

    /// The runs that were found, with short ones made longer, or made part of the run beside them.
    ///
    /// Of `abcd`, `aXabcd` keeps the first `a` and `bcd`, or the last four units: what is inserted or deleted between two runs
    /// may be moved over units with which it begins or ends, too.
    private func joined() -> [Run] {
        var joined: [Run] = []
        joined.reserveCapacity(found.count)
        for run in found {
            guard let last = joined.popLast() else {
                joined.append(run)
                continue
            }
            let (left, right) = balanced(last, run)
            if left.count > 0 { joined.append(left) }
            if right.count > 0 { joined.append(right) }
        }
        return joined
    }

    /// Two runs, with units moved from one to the other when one of them is short and something was only inserted, or only
    /// deleted, between them.
    private func balanced(_ left: Run, _ right: Run) -> (Run, Run) {
        guard left.count < Self.shortestRun || right.count < Self.shortestRun,
            left.old + left.count == right.old || left.new + left.count == right.new
        else { return (left, right) }
        let back = (0..<left.count).prefix { old[right.old - 1 - $0] == new[right.new - 1 - $0] }.count
        if back == left.count { return (left.moved(by: -back), right.moved(by: -back, start: true)) }
        let end = (old: left.old + left.count, new: left.new + left.count)
        let forth = (0..<right.count).prefix { old[end.old + $0] == new[end.new + $0] }.count
        if forth == right.count { return (left.moved(by: forth), right.moved(by: forth, start: true)) }
        if right.count < Self.shortestRun, let count = movable(back, from: left.count, to: right.count) {
            return (left.moved(by: -count), right.moved(by: -count, start: true))
        }
        if left.count < Self.shortestRun, let count = movable(forth, from: right.count, to: left.count) {
            return (left.moved(by: count), right.moved(by: count, start: true))
        }
        return (left, right)
    }

    /// The number of units that a run gives to a short one beside it so that none of them is short then, when `free` can be
    /// moved; nil when that does not help.
    private func movable(_ free: Int, from long: Int, to short: Int) -> Int? {
        let count = Swift.min(free, long - Self.shortestRun)
        return short + count >= Self.shortestRun && count > 0 ? count : nil
    }

    /// The run without the halves of pairs at its ends; nil when it is too short then.
    private func usable(_ run: Run) -> Run? {
        var run = run
        if UTF16.isTrailSurrogate(old[run.old]) { run = Run(old: run.old + 1, new: run.new + 1, count: run.count - 1) }
        if run.count > 0, UTF16.isLeadSurrogate(old[run.old + run.count - 1]) { run.count -= 1 }
        return run.count < Self.shortestRun ? nil : run
    }
}
