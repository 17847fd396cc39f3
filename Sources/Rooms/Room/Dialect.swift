package import CollabText
package import NIOCore
package import ProviderKit

/// How one kind of client is spoken to. Each message is encoded once, and the bytes are shared by all who get it.
package protocol Dialect: AnyObject, Sendable {
    /// The text that stands: for who joins, fell behind, or was overruled.
    func standing(text: TextBuffer, revision: Revision) -> ByteBuffer

    /// A change that another member made.
    ///
    /// - Parameter text: the text that the change led to.
    func update(_ change: RoomChange, text: TextBuffer) -> ByteBuffer

    /// Tells an author that its edit is in, at a revision; nil when that goes without saying.
    ///
    /// - Parameter textFollows: whether the author is sent the text that stands right after this.
    func acknowledgement(of id: EditID, at revision: Revision, textFollows: Bool) -> ByteBuffer?

    /// Tells an author that an edit was not taken; nil when the text that stands is all that it needs.
    func refusal(_ refusal: Refusal, of id: EditID?, text: TextBuffer, revision: Revision) -> ByteBuffer?

    /// Whether those who speak it are told who is here, and what is saved.
    var tellsNews: Bool { get }

    /// Says up to which revision the store has everything for good; nil when that is not told.
    func saved(_ revision: Revision) -> ByteBuffer?

    /// Says who is here; nil when that is not told.
    func presence(_ members: [MemberDescription]) -> ByteBuffer?

    /// Tells a member what is wrong with what it said about itself.
    func problem(_ problem: PresenceProblem) -> ByteBuffer
}
