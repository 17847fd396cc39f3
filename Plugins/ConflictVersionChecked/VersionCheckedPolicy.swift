import CollabText
public import ProviderKit

/// Only what was made on the newest revision is applied; everything else is refused, and its author is shown what stands.
///
/// An edit whose revision nobody knows counts as made on the newest one.
public struct VersionCheckedPolicy: ConflictPolicy {
    /// A policy; it has no settings.
    public init() {}

    public var usesBaseRevision: Bool { true }

    public func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution {
        switch edit.content {
        case .text(let text):
            let change = TextChange.difference(from: history.text, to: text)
            if change.isIdentity { return .unchanged }
            return edit.base ?? history.revision == history.revision ? .apply(change) : .reject(.conflict)
        case .change(let change):
            if change.isIdentity { return .unchanged }
            guard let base = edit.base, history.changes(since: base) != nil else { return .reject(.unknownRevision) }
            guard base == history.revision else { return .reject(.conflict) }
            return change.leavesAsIs(history.text) ? .unchanged : .apply(change)
        }
    }
}
