/// On which side of the other's insertion one's own goes, when both are made at one position.
public enum TieSide: Sendable {
    case left
    case right
}

extension TextChange {
    /// This change as it must be made after `other`, when both were made on the same text.
    ///
    /// A unit that both delete is deleted once. Of two insertions at one position, the one already in the log stands
    /// left; so a change that arrives later goes `.right`, which is the default. The laws hold when the two sides use
    /// opposite values: `a`, then `b.transformed(over: a)` leads to the same text as `b`, then
    /// `a.transformed(over: b, side: .left)`.
    public func transformed(over other: TextChange, side: TieSide = .right) -> TextChange {
        precondition(baseLength == other.baseLength, "the changes are made on texts of different lengths")
        if let moved = movedAsOne(over: other) { return moved }
        if replacements.count == 1, other.replacements.count == 1 {
            return TextChange(
                baseLength: other.resultLength,
                normalized: replacements[0].transformed(over: other.replacements[0], side: side))
        }
        return transformedStepwise(over: other, side: side)
    }

    /// This change after `other` when no replacement of the other lies between mine or touches one of them; else nil.
    private func movedAsOne(over other: TextChange) -> TextChange? {
        guard let first = replacements.first, let last = replacements.last else {
            return .identity(length: other.resultLength)
        }
        var shift = 0
        var total = 0
        for replacement in other.replacements {
            total += replacement.growth
            if replacement.range.upperBound < first.range.lowerBound {
                shift = total
            } else if replacement.range.lowerBound <= last.range.upperBound {
                return nil
            }
        }
        let moved = shift == 0 ? replacements : replacements.map { $0.moved(by: shift) }
        return TextChange(baseLength: baseLength + total, normalized: moved)
    }

    /// This change after `other`, whatever the two are.
    private func transformedStepwise(over other: TextChange, side: TieSide) -> TextChange {
        var builder = TextChangeBuilder()
        var mine = TextChangeReader(self)
        var theirs = TextChangeReader(other)
        while true {
            switch (mine.peek(), theirs.peek()) {
            case (nil, nil):
                return builder.finish()
            case (.insert(let units), .insert) where side == .left:
                builder.insert(units)
                mine.take()
            case (_, .insert(let units)):
                builder.retain(units.count)
                theirs.take()
            case (.insert(let units), _):
                builder.insert(units)
                mine.take()
            case (.retain(let length), .retain(let kept)):
                let count = Swift.min(length, kept)
                builder.retain(count)
                mine.take(count)
                theirs.take(count)
            case (.retain(let length), .delete(let deleted)), (.delete(let length), .delete(let deleted)):
                let count = Swift.min(length, deleted)
                mine.take(count)
                theirs.take(count)
            case (.delete(let length), .retain(let kept)):
                let count = Swift.min(length, kept)
                builder.delete(count)
                mine.take(count)
                theirs.take(count)
            case (nil, _), (_, nil):
                preconditionFailure("the lengths were compared above")
            }
        }
    }

    /// Where a position in the text before this change lies afterwards: where text inserted there would go after it.
    ///
    /// So it agrees with ``transformed(over:side:)``. A position inside a replaced range goes behind what came instead. A
    /// unit that is kept is found where its position leads, with `.right`.
    ///
    /// Through a composed change, a position goes where it goes through one change and then the other when the unit there
    /// is kept by both. Otherwise it may go elsewhere within the text that came instead, since a composed change does
    /// not tell any more in which order units came and went.
    ///
    /// - Parameter side: where it goes when a replacement begins right there: `.left` stays before the inserted text.
    public func mapped(position: Int, side: TieSide = .right) -> Int {
        var shift = 0
        for replacement in replacements {
            let range = replacement.range
            if position < range.lowerBound || (position == range.lowerBound && side == .left) { break }
            if position < range.upperBound { return range.lowerBound + shift + replacement.insert.count }
            shift += replacement.growth
        }
        return position + shift
    }
}

extension TextChange.Replacement {
    /// The same replacement further right.
    fileprivate func moved(by shift: Int) -> Self {
        Self((range.lowerBound + shift)..<(range.upperBound + shift), insert: insert)
    }

    /// What is left of this replacement after another one of the same text: two when the other's insertion parts it.
    fileprivate func transformed(over other: Self, side: TieSide) -> [Self] {
        let kept = Swift.max(range.lowerBound, other.range.upperBound)
        let deletedAfter = Swift.max(0, range.upperBound - kept)
        let isLeft =
            range.lowerBound < other.range.lowerBound
            || (range.lowerBound == other.range.lowerBound && side == .left)
        guard isLeft else {
            let start = kept + other.growth
            return Self.normalized(Self(start..<(start + deletedAfter), insert: insert))
        }
        let start = range.lowerBound
        let end = Swift.min(range.upperBound, other.range.lowerBound)
        if other.insert.isEmpty || deletedAfter == 0 {
            return Self.normalized(Self(start..<(end + deletedAfter), insert: insert))
        }
        let right = end + other.insert.count
        let rest = Self(right..<(right + deletedAfter), insert: [])
        let before = Self(start..<end, insert: insert)
        return before.isEmpty ? [rest] : [before, rest]
    }

    private static func normalized(_ replacement: Self) -> [Self] {
        replacement.isEmpty ? [] : [replacement]
    }
}
