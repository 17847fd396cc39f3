extension TextChange {
    /// One change that does what this one, then `next` does. `next` must be made on the text that this one leads to.
    public func composed(with next: TextChange) -> TextChange {
        precondition(resultLength == next.baseLength, "the second change is made on a text of another length")
        if next.isIdentity { return self }
        if isIdentity { return next }
        if replacements.count == 1, next.replacements.count == 1 {
            return TextChange(
                baseLength: baseLength, normalized: replacements[0].composed(with: next.replacements[0]))
        }
        return composedStepwise(with: next)
    }

    /// This change, then `next`, whatever the two are.
    private func composedStepwise(with next: TextChange) -> TextChange {
        var builder = TextChangeBuilder()
        var first = TextChangeReader(self)
        var second = TextChangeReader(next)
        while true {
            switch (first.peek(), second.peek()) {
            case (nil, nil):
                return builder.finish()
            case (.delete(let count), _):
                builder.delete(count)
                first.take()
            case (_, .insert(let units)):
                builder.insert(units)
                second.take()
            case (.insert(let units), .retain(let kept)):
                let count = Swift.min(units.count, kept)
                builder.insert(units.prefix(count))
                first.take(count)
                second.take(count)
            case (.insert(let units), .delete(let deleted)):
                let count = Swift.min(units.count, deleted)
                first.take(count)
                second.take(count)
            case (.retain(let length), .retain(let kept)):
                let count = Swift.min(length, kept)
                builder.retain(count)
                first.take(count)
                second.take(count)
            case (.retain(let length), .delete(let deleted)):
                let count = Swift.min(length, deleted)
                builder.delete(count)
                first.take(count)
                second.take(count)
            case (nil, _), (_, nil):
                preconditionFailure("the lengths were compared above")
            }
        }
    }
}

extension TextChange.Replacement {
    /// This replacement, then another one of the text that it leads to: one where they touch, as when someone types.
    fileprivate func composed(with next: Self) -> [Self] {
        let start = range.lowerBound
        let end = start + insert.count
        if next.range.upperBound < start { return [next, self] }
        // What lies behind my insertion was further left by this much, before it.
        let shift = range.upperBound - end
        if next.range.lowerBound > end {
            let moved = (next.range.lowerBound + shift)..<(next.range.upperBound + shift)
            return [self, Self(moved, insert: next.insert)]
        }
        let lower = Swift.min(start, next.range.lowerBound)
        let upper = Swift.max(end, next.range.upperBound) + shift
        let whole = Self(lower..<upper, insert: insertion(rewrittenBy: next))
        return whole.isEmpty ? [] : [whole]
    }

    /// My inserted text after a replacement that touches it.
    private func insertion(rewrittenBy next: Self) -> [UInt16] {
        let before = Swift.max(0, next.range.lowerBound - range.lowerBound)
        let after = Swift.max(0, range.lowerBound + insert.count - next.range.upperBound)
        var units: [UInt16] = []
        units.reserveCapacity(before + next.insert.count + after)
        units.append(contentsOf: insert.prefix(before))
        units.append(contentsOf: next.insert)
        units.append(contentsOf: insert.suffix(after))
        return units
    }
}
