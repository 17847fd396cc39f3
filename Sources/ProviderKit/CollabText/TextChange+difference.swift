extension TextChange {
    /// A small change that leads from one text to the other, found by comparing them.
    ///
    /// What they begin and end with in common is kept; of what lies between, the runs that a difference of units or of
    /// lines finds in both (see ``TextDifference``). When the texts differ too much for that, all between is replaced.
    /// The same texts always give the same change. It never begins or ends inside a surrogate pair of either text.
    ///
    /// Takes a time that grows with the lengths of the texts, whatever they are.
    public static func difference(from old: TextBuffer, to new: TextBuffer) -> TextChange {
        guard let (removed, inserted) = span(from: old, to: new) else { return .identity(length: old.count) }
        let insert = new[inserted]
        // Typing in one place: one of the two is empty, or they are too short to have a run in common.
        guard Swift.min(removed.count, inserted.count) >= TextDifference.shortestRun else {
            return TextChange(baseLength: old.count, normalized: [Replacement(removed, insert: insert)])
        }
        let runs = TextDifference.runs(in: old[removed], and: insert)
        return TextChange(baseLength: old.count, normalized: replacements(of: removed, with: insert, keeping: runs))
    }

    /// The change that leads from one text to the other in one place: all between what they begin and end with in common is
    /// replaced. Quicker than ``difference(from:to:)``, for those who need not know what is kept in between.
    public static func replacement(of old: TextBuffer, with new: TextBuffer) -> TextChange {
        guard let (removed, inserted) = span(from: old, to: new) else { return .identity(length: old.count) }
        return TextChange(baseLength: old.count, normalized: [Replacement(removed, insert: new[inserted])])
    }

    /// Where two texts differ, in each of them; nil when they do not.
    private static func span(from old: TextBuffer, to new: TextBuffer) -> (old: Range<Int>, new: Range<Int>)? {
        var prefix = old.commonPrefix(with: new)
        if prefix == old.count, prefix == new.count { return nil }
        if prefix > 0, UTF16.isLeadSurrogate(old[prefix - 1]) { prefix -= 1 }
        var suffix = old.commonSuffix(with: new, limit: Swift.min(old.count, new.count) - prefix)
        if suffix > 0, UTF16.isTrailSurrogate(old[old.count - suffix]) { suffix -= 1 }
        return (prefix..<(old.count - suffix), prefix..<(new.count - suffix))
    }

    /// Replaces a range by other units, except for what both have in common.
    private static func replacements(
        of range: Range<Int>, with units: [UInt16], keeping runs: [TextDifference.Run]
    ) -> [Replacement] {
        if runs.isEmpty { return [Replacement(range, insert: units)] }
        var replacements: [Replacement] = []
        var old = 0
        var new = 0
        for run in runs + [.init(old: range.count, new: units.count, count: 0)] {
            let removed = (range.lowerBound + old)..<(range.lowerBound + run.old)
            let replacement = Replacement(removed, insert: Array(units[new..<run.new]))
            if !replacement.isEmpty { replacements.append(replacement) }
            old = run.old + run.count
            new = run.new + run.count
        }
        return replacements
    }
}
