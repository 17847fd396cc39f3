package import CollabText

/// A message from the server.
package enum ServerMessage: Sendable, Hashable {
    /// The room's whole text: the only news in the seed dialect.
    case codeUpdate(code: TextBuffer, revision: Int)
    /// A refusal of a message, in the form of the client's dialect; its `editID` is left out.
    ///
    /// In the seed dialect the field `code` belongs to texts: its clients show whatever it holds.
    case error(MessageError, in: WireDialect)
    /// `welcome` or `resumed`, by its start.
    case welcome(Welcome)
    /// Another member's change, made on the revision before.
    case edit(revision: Int, author: String, changes: [TextChange.Replacement])
    /// The client's own edit is in, at this revision; `resyncs` when a ``resync(revision:code:)`` follows at once.
    case ack(id: String, revision: Int, resyncs: Bool)
    /// Everything up to this revision is in the store for good.
    case saved(revision: Int)
    /// The client's own edit was not taken.
    case rejected(RejectedEdit)
    /// Start over from this text.
    case resync(revision: Int, code: TextBuffer)
    /// What to insert at the place that the client asked about, which was looked at in this revision; empty when there is
    /// nothing to say.
    case completion(id: String, suggestion: String, revision: Int)
    /// Everyone in the room; who is missing has left.
    case presence([MemberPresence])
}
