package import NIOCore
package import ProviderKit

/// A connection, as a room sees it.
package protocol RoomMember: AnyObject, Sendable {
    /// Whose edits its edits are; two connections of one client, one after the other, may have one id.
    var id: ClientID { get }
    /// Where ``send(_:as:)`` and ``expel(_:)`` are called, and nowhere else.
    var eventLoop: any EventLoop { get }
    /// How it is spoken to.
    var dialect: any Dialect { get }
    /// When the connection was opened: of two with one id, the newer one stays.
    var openedAt: NIODeadline { get }
    /// The revision that the client had when its last connection was lost, when it wants to go on there.
    var resumption: Revision? { get }

    /// The first message; nil for the text that stands, as the dialect says it. May be called on any loop.
    func greeting(_ greeting: Greeting) -> ByteBuffer?

    /// Takes a message that the member's dialect encoded, at once and in order.
    func send(_ message: ByteBuffer, as kind: MessageKind)

    /// Ends the connection: the room is gone, or another connection took the member's place.
    func expel(_ reason: RoomError)
}

/// What a message is to a member that cannot keep up.
package enum MessageKind: Sendable, Hashable {
    /// A change that leads to a revision. May be skipped, but then all that follows is skipped until a `.text` comes: the
    /// member asks the room for that when it can take it (``Room/catchUp(_:on:)``).
    case update(Revision)
    /// Where the member starts over, at a revision. Must not be skipped.
    case text(Revision)
    /// Must not be skipped, but may come after the next `.text` when changes were skipped before it.
    case answer
    /// An answer that is followed by a `.text` at once.
    case prelude
    /// May be skipped, and be asked for later.
    case notice
}

/// What a member skipped.
package enum Missed: Sendable, Hashable {
    /// Who is here, and what is saved.
    case notices
    /// A change of the text, and all that came after it.
    case text
}
