package import CollabText
package import ProviderKit

/// What a member learns when it comes in.
package struct Greeting: Sendable {
    package let revision: Revision
    package let text: TextBuffer
    /// Everything up to this revision is in the store.
    package let savedRevision: Revision
    /// The changes since the revision that the member had before its connection was lost, when they are all there: it
    /// then needs no text.
    package let missed: [RoomHistory.Entry]?
    /// Everyone in the room, the member included.
    package let members: [MemberDescription]
    /// What the text is written in, as the room's maker named it.
    package let language: String
    /// The name of the conflict policy.
    package let policy: String

    /// Whether the member goes on where it was.
    package var isResumed: Bool { missed != nil }
}
