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

    /// Where a position in the text before this change lies afterwards.
    ///
    /// A position inside a deleted range goes to where that range began.
    ///
    /// - Parameter side: where it goes when text is inserted right there: `.left` stays before it.
    public func mapped(position: Int, side: TieSide = .right) -> Int {
        var shift = 0
        for replacement in replacements {
            let range = replacement.range
            if position < range.lowerBound || (position == range.lowerBound && side == .left) { break }
            if position < range.upperBound { return range.lowerBound + shift }
            shift += replacement.insert.count - range.count
        }
        return position + shift
    }
}
