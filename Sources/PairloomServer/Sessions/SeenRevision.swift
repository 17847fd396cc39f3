import NIOCore
import ProviderKit

/// Finds out whether a client wrote before it had read what others did, by pings that carry revisions.
///
/// Every client answers pings by itself and in order. The ping about a revision goes just before the revision itself; so
/// what a client writes before it has answered was certainly written before it read that revision. Only clients that
/// write are asked, one question at a time, and no faster than people type; what no question was asked about counts as
/// read.
struct SeenRevision {
    private var isWriter = false
    /// The newest revision that was sent.
    private var sent: Revision?
    /// The newest revision that counted as read when the open question was asked.
    private var readBefore = Revision.zero
    /// The revision that the ping which is not answered yet carries.
    private var asked: Revision?
    private var hasWrittenSince = false
    /// When the next question may be asked.
    private var nextQuestion = NIODeadline.uptimeNanoseconds(0)

    /// The least time between two questions.
    private static let pause = TimeAmount.milliseconds(50)

    /// Notes that the client writes; from now on it is asked.
    mutating func didWrite() {
        isWriter = true
        hasWrittenSince = asked != nil
    }

    /// Notes that a revision is sent; what comes back is to be sent just before it, as a ping.
    mutating func willSend(_ revision: Revision, now: () -> NIODeadline) -> ByteBuffer? {
        defer { sent = revision }
        guard isWriter, asked == nil else { return nil }
        let now = now()
        guard now >= nextQuestion else { return nil }
        readBefore = sent ?? revision
        asked = revision
        hasWrittenSince = false
        nextQuestion = now + Self.pause
        return Self.payload(revision)
    }

    /// Takes a pong; what comes back is the newest revision that the client had read when it wrote, if it did so before
    /// this answer.
    mutating func didAnswer(_ payload: ByteBuffer) -> Revision? {
        guard let asked, payload == Self.payload(asked) else { return nil }
        self.asked = nil
        return hasWrittenSince ? readBefore : nil
    }

    private static func payload(_ revision: Revision) -> ByteBuffer {
        ByteBuffer(integer: revision.rawValue)
    }
}
