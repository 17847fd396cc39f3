extension TextBuffer {
    /// Makes a change to this text. The change must be made on a text of this length.
    public mutating func apply(_ change: TextChange) {
        precondition(change.baseLength == count, "the change is made on a text of another length")
        // From the right, so that the positions of what is still to come stay true.
        for replacement in change.replacements.reversed() {
            replace(replacement.range, with: replacement.insert)
        }
    }

    /// This text with a change made to it.
    public func applying(_ change: TextChange) -> TextBuffer {
        var text = self
        text.apply(change)
        return text
    }
}

extension TextChange {
    /// The change that takes this one back, made on the text afterwards.
    ///
    /// - Parameter text: the text before this change.
    public func inverted(over text: TextBuffer) -> TextChange {
        inverted(restoring: removedUnits(of: text))
    }

    /// What the change takes out of a text, one range after the other: with it, the change can be taken back.
    ///
    /// - Parameter text: the text before this change.
    public func removedUnits(of text: TextBuffer) -> [UInt16] {
        precondition(baseLength == text.count, "the change is made on a text of another length")
        if replacements.count == 1 { return text[replacements[0].range] }
        return replacements.reduce(into: []) { $0 += text[$1.range] }
    }

    /// The change that takes this one back, made on the text afterwards.
    ///
    /// - Parameter removed: what ``removedUnits(of:)`` gave for the text before this change.
    public func inverted(restoring removed: [UInt16]) -> TextChange {
        var shift = 0
        var restored = 0
        let inverse = replacements.map { replacement in
            let start = replacement.range.lowerBound + shift
            shift += replacement.insert.count - replacement.range.count
            defer { restored += replacement.range.count }
            return Replacement(
                start..<(start + replacement.insert.count),
                insert: Array(removed[restored..<(restored + replacement.range.count)]))
        }
        return TextChange(baseLength: resultLength, normalized: inverse)
    }

    /// Whether applying the change would lead to the same text again, as when a unit is replaced by itself.
    ///
    /// Takes a time that grows with the part of the text between the first and the last replacement, at most.
    public func leavesAsIs(_ text: TextBuffer) -> Bool {
        guard let first = replacements.first, let last = replacements.last else { return true }
        guard resultLength == baseLength else { return false }
        let touched = first.range.lowerBound..<last.range.upperBound
        var position = touched.lowerBound
        var result: [UInt16] = []
        for replacement in replacements {
            result += text[position..<replacement.range.lowerBound]
            result += replacement.insert
            position = replacement.range.upperBound
        }
        return result == text[touched]
    }

    /// Whether the change would leave half a surrogate pair behind: a range that begins or ends inside of one, or an
    /// inserted text that is not well-formed by itself.
    ///
    /// - Parameter text: the well-formed text that the change is made on.
    public func breaksPairs(in text: TextBuffer) -> Bool {
        func isInsidePair(_ position: Int) -> Bool {
            position > 0 && position < text.count && UTF16.isTrailSurrogate(text[position])
        }
        return replacements.contains { replacement in
            isInsidePair(replacement.range.lowerBound) || isInsidePair(replacement.range.upperBound)
                || !TextBuffer(units: replacement.insert).isWellFormed
        }
    }
}
