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
        var inverse: [Replacement] = []
        inverse.reserveCapacity(replacements.count)
        var shift = 0
        var restored = 0
        for replacement in replacements {
            let start = replacement.range.lowerBound + shift
            let units = restored..<(restored + replacement.range.count)
            inverse.append(
                Replacement(
                    start..<(start + replacement.insert.count),
                    insert: units.count == removed.count ? removed : Array(removed[units])))
            shift += replacement.growth
            restored = units.upperBound
        }
        return TextChange(baseLength: baseLength + shift, normalized: inverse)
    }

    /// Whether applying the change would lead to the same text again, as when a unit is replaced by itself.
    ///
    /// Takes a time that grows with the part of the text between the first and the last replacement, at most.
    public func leavesAsIs(_ text: TextBuffer) -> Bool {
        guard resultLength == baseLength else { return false }
        var position = 0
        var shift = 0
        for replacement in replacements {
            let start = replacement.range.lowerBound
            if shift != 0, !text.holds(text[position..<start], at: position + shift) { return false }
            if !text.holds(replacement.insert, at: start + shift) { return false }
            position = replacement.range.upperBound
            shift += replacement.growth
        }
        return true
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
            isInsidePair(replacement.range.lowerBound)
                || !replacement.range.isEmpty && isInsidePair(replacement.range.upperBound)
                || !Self.isWellFormed(replacement.insert)
        }
    }

    private static func isWellFormed(_ units: [UInt16]) -> Bool {
        var check = SurrogateCheck()
        units.withUnsafeBufferPointer { check.take($0) }
        return check.isWellFormed
    }
}

extension TextBuffer {
    /// Whether these code units stand at a position. Both ends of them must lie inside the text.
    fileprivate func holds(_ units: [UInt16], at position: Int) -> Bool {
        guard let first = units.first else { return true }
        // Most often it is the first unit that differs, and then nothing need be copied.
        return self[position] == first && self[position..<(position + units.count)] == units
    }
}
