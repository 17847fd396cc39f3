package import ProviderKit

/// Why a room was not copied, or not wholly.
package enum RoomCopyError: Retryable, CustomStringConvertible {
    /// A store failed.
    case store(StoreFailure)
    /// The target's room of this id was made by somebody else: it has another language or another time of creation.
    case otherRecord
    /// The target's room has changes that the source's does not.
    case ahead(target: Revision, source: Revision)
    /// The two have gone different ways, at this revision at the latest.
    case diverged(at: Revision)
    /// Neither change nor text tells whether the two are the same up to this revision, where the target's room ends.
    case unproven(at: Revision)
    /// The source no longer has the change that follows this revision.
    case missing(after: Revision)

    /// A room that somebody wrote meanwhile is worth another look too: what is there now decides.
    var isRetryable: Bool {
        guard case .store(let failure) = self else { return false }
        return failure.isRetryable || [.alreadyExists, .conflict].contains(failure.error.code)
    }

    package var description: String {
        switch self {
        case .store(let failure):
            "\(failure)"
        case .otherRecord:
            "the target has another room of this id"
        case .ahead(let target, let source):
            "the target has changed it: it is at revision \(target) there, and at \(source) in the source"
        case .diverged(let revision):
            "the target has changed it: at revision \(revision) the two are different"
        case .unproven(let revision):
            "the source no longer holds what revision \(revision), where the target's copy ends, can be compared with"
        case .missing(let revision):
            "the source no longer holds the change that follows revision \(revision), where the target's copy ends"
        }
    }
}

/// A room that was not copied, or not wholly.
package struct RoomFailure: Sendable, CustomStringConvertible {
    /// The room.
    package let room: RoomID
    /// Why.
    package let error: RoomCopyError

    package var description: String { "room \(room): \(error)" }
}
