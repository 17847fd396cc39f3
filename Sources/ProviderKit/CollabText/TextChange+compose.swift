extension TextChange {
    /// One change that does what this one, then `next` does. `next` must be made on the text that this one leads to.
    public func composed(with next: TextChange) -> TextChange {
        precondition(resultLength == next.baseLength, "the second change is made on a text of another length")
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
