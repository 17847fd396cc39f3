/// Two texts as lines, with equal lines numbered alike whatever ends them.
struct DifferenceLines {
    /// A line of a text, with its ending: LF, CRLF, or nothing in the last line.
    struct Line {
        let start: Int
        /// The units before the ending.
        let count: Int
        /// The units of the ending.
        let ending: Int

        var end: Int { start + count + ending }
        var content: Range<Int> { start..<(start + count) }
    }

    let old: [Line]
    let new: [Line]
    private let oldNumbers: [Int32]
    private let newNumbers: [Int32]

    /// Nil when it takes more steps than there are left.
    init?(_ oldText: TextDifference.Units, _ newText: TextDifference.Units, budget: inout DifferenceBudget) {
        guard budget.spend((oldText.count + newText.count) / 4),
            let old = Self.lines(of: oldText, budget: &budget), let new = Self.lines(of: newText, budget: &budget)
        else { return nil }
        var numbers = LineNumbers(atMost: old.count + new.count)
        guard let oldNumbers = numbers.numbers(of: old, in: oldText, budget: &budget),
            let newNumbers = numbers.numbers(of: new, in: newText, budget: &budget)
        else { return nil }
        self.old = old
        self.new = new
        self.oldNumbers = oldNumbers
        self.newNumbers = newNumbers
    }

    /// The runs of lines that stand in both texts; nil when they differ too much.
    func matches(budget: inout DifferenceBudget) -> [TextDifference.Run]? {
        oldNumbers.withUnsafeBufferPointer { old in
            newNumbers.withUnsafeBufferPointer { new in
                ShortestEdit.matches(old, new, limit: Self.mostLines, budget: &budget)
            }
        }
    }

    private static func lines(of text: TextDifference.Units, budget: inout DifferenceBudget) -> [Line]? {
        var lines: [Line] = []
        var start = 0
        while let position = text.lineFeed(from: start) {
            let endsInCRLF = position > start && text[position - 1] == 0x0D
            let count = position - start - (endsInCRLF ? 1 : 0)
            lines.append(Line(start: start, count: count, ending: endsInCRLF ? 2 : 1))
            start = position + 1
            guard budget.spend(stepsForLine) else { return nil }
        }
        if start < text.count { lines.append(Line(start: start, count: text.count - start, ending: 0)) }
        return lines
    }

    /// With more lines taken out and put in than this, there is no small change. Keeps a search within 2 MB.
    private static var mostLines: Int { 1_000 }

    /// What it takes to find a line and to number it, besides reading its units.
    private static var stepsForLine: Int { 8 }
}

/// Numbers lines of several texts in the order in which they are first seen: a hash table with open addressing.
private struct LineNumbers {
    private struct Entry {
        let hash: UInt64
        let units: TextDifference.Units
    }

    /// One more than the number of a line; 0 where there is none.
    private var slots: [Int32]
    private var entries: [Entry] = []

    init(atMost count: Int) {
        slots = Array(repeating: 0, count: 1 << (Int.bitWidth - (count * 2).leadingZeroBitCount))
    }

    /// The number of each line; nil when it takes more steps than there are left.
    mutating func numbers(
        of lines: [DifferenceLines.Line], in text: TextDifference.Units, budget: inout DifferenceBudget
    ) -> [Int32]? {
        var numbers: [Int32] = []
        numbers.reserveCapacity(lines.count)
        for line in lines {
            guard let number = number(of: text.run(line.content), budget: &budget) else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    private mutating func number(of units: TextDifference.Units, budget: inout DifferenceBudget) -> Int32? {
        let hash = units.stableHash
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.units.count == units.count,
                entry.units.commonPrefix(with: units) == units.count
            {
                return slots[slot]
            }
            slot = (slot + 1) & (slots.count - 1)
            // Lines can be made up so that they all fall into one slot.
            guard budget.spend(4) else { return nil }
        }
        entries.append(Entry(hash: hash, units: units))
        slots[slot] = Int32(entries.count)
        return slots[slot]
    }
}
