package import Wire

/// Something that a ``Replica`` wants done, or known; to be done in the order in which they are returned.
package enum ReplicaEffect: Sendable, Hashable {
    /// To be sent on the connection that the replica is joined to.
    case send(ClientMessage)
    /// The replica should be asked to ``Replica/retry()`` after a pause.
    case retryLater
    /// The two sides disagree on what was said: the connection must be replaced by a new one.
    case reconnect
    /// What the user of the replica may want to know.
    case tell(ClientEvent)
}
