import NIOCore
import ProviderKit

/// Works out what a client has read when it writes, by pings that carry revisions.
///
/// Every client answers pings by itself and in order. The ping about a revision goes just before the revision itself; so
/// what a client writes before it has answered was certainly written before it read that revision. Only clients that
/// write are asked, and one question at a time. What no question was asked about counts as read.
struct SeenRevision {
    private var isWriter = false
    /// The newest revision that was sent.
    private var sent: Revision?
    /// The newest revision that counts as read.
    private var read: Revision?
    /// The revision that the ping which is not answered yet carries.
    private var asked: Revision?

    /// What the client has read, when it writes now; from now on it is asked.
    mutating func whenWriting() -> Revision? {
        isWriter = true
        return asked == nil ? sent : read
    }

    /// Notes that a revision is sent; what comes back is to be sent just before it, as a ping.
    mutating func willSend(_ revision: Revision) -> ByteBuffer? {
        let before = sent
        sent = revision
        guard isWriter, asked == nil else { return nil }
        read = before
        return ask(about: revision)
    }

    /// Takes a pong; what comes back is to be sent, as the next ping: revisions went out meanwhile.
    mutating func didAnswer(_ payload: ByteBuffer) -> ByteBuffer? {
        guard let asked, payload == Self.payload(asked) else { return nil }
        read = asked
        self.asked = nil
        guard let sent, sent > asked else { return nil }
        return ask(about: sent)
    }

    private mutating func ask(about revision: Revision) -> ByteBuffer {
        asked = revision
        return Self.payload(revision)
    }

    private static func payload(_ revision: Revision) -> ByteBuffer {
        ByteBuffer(integer: revision.rawValue)
    }
}
