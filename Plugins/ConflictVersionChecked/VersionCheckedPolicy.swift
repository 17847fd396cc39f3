import CollabText
public import ProviderKit

/// Only what was made on the newest revision is applied; everything else is refused, and its author is shown what stands.
///
/// So nobody ever overwrites what they have not seen. An edit whose revision nobody knows is refused, too.
public struct VersionCheckedPolicy: ConflictPolicy {
    /// A policy; it has no settings.
    public init() {}

    /// What the policy is for.
    public var staleEdits: StaleEdits { .refuse }

    public func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution {
        switch edit.content {
        case .text(let text):
            if text == history.text { return .unchanged }
            if let rejection = rejection(of: edit.base, against: history) { return .reject(rejection) }
            return .apply(.difference(from: history.text, to: text))
        case .change(let change):
            if change.isIdentity { return .unchanged }
            if let rejection = rejection(of: edit.base, against: history) { return .reject(rejection) }
            return change.leavesAsIs(history.text) ? .unchanged : .apply(change)
        }
    }

    private func rejection(of base: Revision?, against history: RoomHistory) -> Rejection? {
        guard let base else { return .conflict }
        if base == history.revision { return nil }
        return history.entries(since: base) == nil ? .unknownRevision : .conflict
    }
}
