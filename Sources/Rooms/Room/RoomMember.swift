package import CollabText
package import NIOCore
package import ProviderKit

/// A connection, as a room sees it.
package protocol RoomMember: AnyObject, Sendable {
    var id: ClientID { get }
    /// Where ``send(_:revision:)`` and ``expel(_:)`` are called, and nowhere else.
    var eventLoop: any EventLoop { get }
    var dialect: any Dialect { get }

    /// Takes a message that the member's dialect encoded, at once and in order.
    ///
    /// - Parameter revision: what the message leads to. A member that cannot keep up may skip such a message, and ask the
    ///   room to be brought up to date later. Nil for an answer to the member, which must not be skipped.
    func send(_ message: ByteBuffer, revision: Revision?)

    /// Ends the connection: the room is gone.
    func expel(_ reason: RoomError)
}

/// How one kind of client is spoken to. Each message is encoded once, and the bytes are shared by all who get it.
package protocol Dialect: AnyObject, Sendable {
    /// The text that stands: for who joins, fell behind, or was overruled.
    func standing(text: TextBuffer, revision: Revision) -> ByteBuffer

    /// A change that another member made.
    ///
    /// - Parameter text: the text that the change led to.
    func update(_ change: RoomChange, text: TextBuffer) -> ByteBuffer

    /// Tells an author that an edit was not taken.
    func refusal(_ reason: Refusal, text: TextBuffer, revision: Revision) -> ByteBuffer
}

/// Why a room did not take an edit.
package enum Refusal: Sendable, Hashable {
    /// The policy refused it.
    case conflict
    /// Too much waits for the store already.
    case storageUnavailable
}
