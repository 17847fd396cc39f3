import CollabText
public import ProviderKit

/// A stale edit is transformed over what happened since it was made, so that nobody's typing is lost.
///
/// Of two insertions at one place, the one that is in the log already stands left. A whole text counts as the change from
/// the text that its author saw; when nobody knows which that was, from the newest.
public struct MergePolicy: ConflictPolicy {
    /// A policy; it has no settings.
    public init() {}

    /// What the policy is for.
    public var staleEdits: StaleEdits { .transform }

    public func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution {
        switch edit.content {
        case .text(let text): resolve(text, madeOn: edit.base ?? history.revision, against: history)
        case .change(let change): resolve(change, madeOn: edit.base, against: history)
        }
    }

    private func resolve(_ text: TextBuffer, madeOn base: Revision, against history: RoomHistory) -> Resolution {
        if text == history.text { return .unchanged }
        guard let seen = history.text(at: base) else { return .reject(.unknownRevision) }
        return resolve(.difference(from: seen, to: text), madeOn: base, against: history)
    }

    private func resolve(_ change: TextChange, madeOn base: Revision?, against history: RoomHistory) -> Resolution {
        guard let base, let since = history.entries(since: base) else { return .reject(.unknownRevision) }
        let merged = since.reduce(change) { $0.transformed(over: $1.change) }
        return merged.leavesAsIs(history.text) ? .unchanged : .apply(merged)
    }
}
