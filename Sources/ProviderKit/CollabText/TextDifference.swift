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
                return difference.found.compactMap(difference.usable)
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

    /// The run without the halves of pairs at its ends; nil when it is too short then.
    private func usable(_ run: Run) -> Run? {
        var run = run
        if UTF16.isTrailSurrogate(old[run.old]) { run = Run(old: run.old + 1, new: run.new + 1, count: run.count - 1) }
        if run.count > 0, UTF16.isLeadSurrogate(old[run.old + run.count - 1]) { run.count -= 1 }
        return run.count < Self.shortestRun ? nil : run
    }
}
