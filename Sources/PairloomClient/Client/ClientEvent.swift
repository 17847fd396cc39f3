package import CollabText
package import Wire

/// What happened to a client's copy of a room.
package enum ClientEvent: Sendable, Hashable {
    /// The client is in the room; `resumed` tells whether it was sent only what it had missed.
    case connected(resumed: Bool)
    /// The connection is gone, and the next try to connect is on its way.
    case disconnected(Closure)
    /// It is over: no further try is made.
    case closed(Closure)
    /// The local text was changed by someone else, named by client id; nil when the server corrected it.
    ///
    /// The change is made on the local text as it was just before.
    case changed(TextChange, by: String?)
    /// An edit of one's own is in, for everyone and in this order.
    case acknowledged(id: String, revision: Int)
    /// Everything up to this revision is in the store for good.
    case saved(revision: Int)
    /// An edit of one's own was refused.
    ///
    /// It is sent again by itself, unless the reason is `invalid` or `tooLarge`: then it was taken back, which a
    /// ``changed(_:by:)`` has told before, unless nothing of it was left.
    case rejected(RejectedEdit)
    /// The members of the room, their names or their cursors have changed; cursors are positions in the local text.
    case presence([MemberPresence])
    /// A message of one's own was refused that was no edit.
    case refused(MessageError)
}
