package import CollabText
package import ProviderKit

/// A room as a reader sees it.
package struct RoomDescription: Sendable {
    package let id: RoomID
    package let language: String
    package let text: TextBuffer
    package let revision: Revision
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    /// A room that was just made.
    init(_ record: RoomRecord, text: TextBuffer) {
        id = record.id
        language = record.language
        self.text = text
        revision = .zero
        createdAt = record.createdAt
        updatedAt = record.createdAt
    }

    init(_ state: RoomState) {
        id = state.record.id
        language = state.record.language
        text = state.text
        revision = state.revision
        createdAt = state.record.createdAt
        updatedAt = state.updatedAt
    }
}
