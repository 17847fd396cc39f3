package import CollabText
package import ProviderKit

/// What became of an edit.
package enum EditOutcome: Sendable {
    /// It is in, and everyone else gets it. `authorHasText`: whether the author can tell the text that now stands by itself;
    /// otherwise it gets that, too.
    case committed(RoomChange, authorHasText: Bool)
    /// It would change nothing: nobody else is told.
    case unchanged(authorHasText: Bool)
    /// It was taken before, at this revision.
    case repeated(Revision)
    /// It is not in.
    case refused(Refusal)
}

/// Why a room did not take an edit, and what its author needs to try again.
package struct Refusal: Sendable, Hashable {
    /// The kinds of refusal.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The policy refused it.
        case conflict
        /// It is no edit of the text that it was made on.
        case invalid
        /// The text would be longer than it may be.
        case tooLarge
        /// The author sends more than it may.
        case rateLimited
        /// Too much waits for the store already.
        case storageUnavailable
    }

    package let reason: Reason
    /// One sentence for whoever wrote the client.
    package let detail: String?
    /// What happened since the edit's revision, as one change; nil when that cannot be told.
    package let missed: TextChange?

    package init(_ reason: Reason, detail: String? = nil, missed: TextChange? = nil) {
        self.reason = reason
        self.detail = detail
        self.missed = missed
    }
}
