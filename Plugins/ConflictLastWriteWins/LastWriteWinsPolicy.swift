import CollabText
public import ProviderKit

/// The newest writer's whole text stands, whatever happened in between.
///
/// A stale change counts as the whole text that its author saw after making it; so what others wrote since then is gone.
public struct LastWriteWinsPolicy: ConflictPolicy {
    /// A policy; it has no settings.
    public init() {}

    /// A whole text stands whatever it was made on.
    public var staleEdits: StaleEdits { .overwrite }

    public func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution {
        switch edit.content {
        case .text(let text): replace(history.text, with: text)
        case .change(let change): resolve(change, madeOn: edit.base, against: history)
        }
    }

    private func resolve(_ change: TextChange, madeOn base: Revision?, against history: RoomHistory) -> Resolution {
        if change.isIdentity { return .unchanged }
        if base == history.revision { return change.leavesAsIs(history.text) ? .unchanged : .apply(change) }
        guard let base, let seen = history.text(at: base) else { return .reject(.unknownRevision) }
        return replace(history.text, with: seen.applying(change))
    }

    private func replace(_ old: TextBuffer, with new: TextBuffer) -> Resolution {
        let change = TextChange.replacement(of: old, with: new)
        return change.isIdentity ? .unchanged : .apply(change)
    }
}
