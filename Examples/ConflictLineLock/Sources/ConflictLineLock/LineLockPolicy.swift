import CollabText
public import ProviderKit

/// A stale edit is transformed over what happened since it was made, unless it touches a line that somebody else has
/// changed: then it is rejected, and its author is shown what stands.
///
/// An edit touches the lines whose text it changes and those that it takes away; lines that it puts between two others touch
/// neither of them.
public struct LineLockPolicy: ConflictPolicy {
    /// A policy; it has no settings.
    public init() {}

    /// What the policy is for.
    public var staleEdits: StaleEdits { .transform }

    public func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution {
        if case .text(let text) = edit.content, text == history.text { return .unchanged }
        // Of a change, the base is always told. A whole text of which nobody knows it counts as made on the newest.
        let base = edit.base ?? history.revision
        guard let since = history.entries(since: base), let seen = history.text(at: base) else {
            return .reject(.unknownRevision)
        }
        let change =
            switch edit.content {
            case .change(let change): change
            case .text(let text): TextChange.difference(from: seen, to: text)
            }
        let merged = since.reduce(change) { $0.transformed(over: $1.change) }
        if merged.leavesAsIs(history.text) { return .unchanged }
        return isLocked(change, of: seen, for: edit.author, by: since) ? .reject(.conflict) : .apply(merged)
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
