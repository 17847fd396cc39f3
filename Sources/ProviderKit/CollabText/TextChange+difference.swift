extension TextChange {
    /// A change that leads from one text to the other: what they begin and end with in common is kept.
    ///
    /// Never begins or ends inside a surrogate pair of either text. Takes a time that grows with the shorter text.
    public static func difference(from old: TextBuffer, to new: TextBuffer) -> TextChange {
        var prefix = old.commonPrefix(with: new)
        if prefix == old.count, prefix == new.count { return .identity(length: old.count) }
        if prefix > 0, UTF16.isLeadSurrogate(old[prefix - 1]) { prefix -= 1 }
        var suffix = old.commonSuffix(with: new, limit: Swift.min(old.count, new.count) - prefix)
        if suffix > 0, UTF16.isTrailSurrogate(old[old.count - suffix]) { suffix -= 1 }
        let replacement = Replacement(
            prefix..<(old.count - suffix), insert: new[prefix..<(new.count - suffix)])
        return TextChange(baseLength: old.count, normalized: [replacement])
    }
}
