import CollabText
public import ProviderKit

/// A stale edit is transformed over what happened since it was made, unless it touches a line that somebody else has
/// changed: then it is rejected, and its author is shown what stands.
///
/// An edit touches each line that does not stand whole afterwards, since it was changed, taken away, parted or joined with
/// another; lines that are put between two others touch neither of them, on whichever side of the line end that happens. Two
/// edits that take away the same, or one of which puts something amid what the other takes away, count as touching one line.
public struct LineLockPolicy: ConflictPolicy {
    /// A policy; it has no settings.
    public init() {}

    /// What the policy is for.
    public var staleEdits: StaleEdits { .transform }

    public func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution {
        switch edit.content {
        case .text(let text):
            if text == history.text { return .unchanged }
            // When nobody knows which text its author saw, it counts as made on the newest.
            let base = edit.base ?? history.revision
            guard let seen = history.text(at: base) else { return .reject(.unknownRevision) }
            return resolve(.difference(from: seen, to: text), by: edit.author, madeOn: base, against: history)
        case .change(let change):
            return resolve(change, by: edit.author, madeOn: edit.base, against: history)
        }
    }

    private func resolve(
        _ change: TextChange, by author: ClientID, madeOn base: Revision?, against history: RoomHistory
    ) -> Resolution {
        guard let base, let since = history.entries(since: base), let seen = history.text(at: base) else {
            return .reject(.unknownRevision)
        }
        let merged = since.reduce(change) { $0.transformed(over: $1.change) }
        if merged.leavesAsIs(history.text) { return .unchanged }
        return isLocked(change, of: seen, for: author, by: since) ? .reject(.conflict) : .apply(merged)
    }

    /// Whether a change of a text touches a line that others have changed since then.
    private func isLocked(
        _ change: TextChange, of text: TextBuffer, for author: ClientID, by entries: ArraySlice<RoomHistory.Entry>
    ) -> Bool {
        var (mine, text) = (change, text)
        for entry in entries {
            let theirs = entry.change
            let moved = mine.transformed(over: theirs)
            let next = text.applying(theirs)
            if entry.author != author {
                if mine.crosses(theirs) { return true }
                // Lines that are there before both, and those that one of the two makes, where the other would get into them.
                // What takes a change back touches the lines that the change has made.
                if meet(mine, theirs, in: text) || meet(moved, theirs.inverted(over: text), in: next) { return true }
                let other = theirs.transformed(over: mine, side: .left)
                if meet(other, mine.inverted(over: text), in: text.applying(mine)) { return true }
            }
            (mine, text) = (moved, next)
        }
        return false
    }

    private func meet(_ one: TextChange, _ other: TextChange, in text: TextBuffer) -> Bool {
        TouchedLines(of: one, in: text).meet(TouchedLines(of: other, in: text))
    }
}

extension TextChange {
    /// Whether one of two changes of a text takes away what the other does, too, or puts something amid it.
    fileprivate func crosses(_ other: TextChange) -> Bool {
        var (mine, theirs) = (replacements[...], other.replacements[...])
        while let a = mine.first?.range, let b = theirs.first?.range {
            if a.lowerBound < b.upperBound, b.lowerBound < a.upperBound { return true }
            if a.upperBound <= b.lowerBound { mine.removeFirst() } else { theirs.removeFirst() }
        }
        return false
    }
}
