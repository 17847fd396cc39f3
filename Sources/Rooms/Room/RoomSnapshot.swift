package import CollabText
package import ProviderKit

/// A room's text at a saved revision, on its way to the store.
package struct RoomSnapshot: Sendable, Equatable {
    package let room: RoomID
    package let revision: Revision
    package let text: TextBuffer

    /// The snapshot as a store takes it; costs a pass over the text.
    package var stored: Snapshot { Snapshot(revision: revision, text: text.description) }
}
