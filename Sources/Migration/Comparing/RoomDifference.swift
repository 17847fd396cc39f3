package import ProviderKit

/// The first thing that is not the same about a room in the two stores.
package struct RoomDifference: Sendable, CustomStringConvertible {
    /// What it is.
    package enum Kind: Sendable {
        /// The target does not have the room.
        case missing
        /// The source does not have the room.
        case foreign
        /// Its language or its time of creation.
        case record
        /// When it was changed last.
        case updatedAt
        /// Its newest revision.
        case revision(source: Revision, target: Revision)
        /// The revision of its newest snapshot.
        case snapshot(source: Revision, target: Revision)
        /// The text of its newest snapshot.
        case text(Revision)
        /// The change that leads to this revision.
        case change(Revision)
        /// The change that leads to this revision is in the source alone.
        case missingChange(Revision)
        /// One of the two cannot be read.
        case unreadable(StoreFailure)
    }

    /// The room.
    package let room: RoomID
    /// What is different.
    package let kind: Kind

    package var description: String { "room \(room): \(what)" }

    private var what: String {
        switch kind {
        case .missing: "it is not in the target"
        case .foreign: "it is in the target alone"
        case .record: "it has another language or another time of creation in the target"
        case .updatedAt: "it was changed at another time in the target"
        case .revision(let source, let target): "it is at revision \(source) in the source, at \(target) in the target"
        case .snapshot(let source, let target):
            "its snapshot is of revision \(source) in the source, of \(target) in the target"
        case .text(let revision): "its text at revision \(revision) is not the same"
        case .change(let revision): "the change that leads to revision \(revision) is not the same"
        case .missingChange(let revision): "the change that leads to revision \(revision) is not in the target"
        case .unreadable(let failure): "\(failure)"
        }
    }
}
