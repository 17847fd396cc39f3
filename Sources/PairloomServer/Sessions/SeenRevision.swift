import NIOCore
import ProviderKit

/// Finds out what a client had read when it wrote, by pings that carry revisions.
///
/// Every client answers pings by itself and in order. The ping about a revision goes just before the revision itself; so
/// what a client writes before it has answered was certainly written before it read that revision. One question is open
/// at a time; what no question was asked about counts as read.
struct SeenRevision {
    /// Who is asked.
    enum Audience: Sendable {
        /// The client tells by itself.
        case nobody
        /// Those who write, and no faster than people type: enough to find edits that crossed.
        case writers
        /// Everyone, about each revision, as far as the last question is answered.
        case everyone
    }

    private let audience: Audience
    private var isWriter = false
    private var hasAnswered = false
    /// The newest revision that was sent.
    private var sent: Revision?
    private var question: Question?
    /// When the next question may be asked.
    private var nextQuestion = NIODeadline.uptimeNanoseconds(0)

    private struct Question {
        /// What the ping carries.
        let revision: Revision
        /// The newest revision that had been sent before.
        let readBefore: Revision
        let askedAt: NIODeadline
        var hasWrittenSince = false
    }

    /// What an answer tells.
    struct Answer {
        /// The newest revision that the client had read when it wrote, if it wrote since the question was asked.
        var readWhenWriting: Revision?
        /// What to ask next, as a ping.
        var nextQuestion: ByteBuffer?
    }

    /// The least time between two questions to a writer.
    private static let pause = TimeAmount.milliseconds(50)
    /// Who has not answered for so long will not.
    private static let patience = TimeAmount.seconds(10)

    init(asks audience: Audience) {
        self.audience = audience
    }

    /// The newest revision that the client may have read by now; nil when that is not known, as of one that never answers.
    func bound(now: NIODeadline) -> Revision? {
        guard hasAnswered else { return nil }
        guard let question else { return sent }
        return now - question.askedAt < Self.patience ? question.readBefore : nil
    }

    /// Notes that the client writes; from now on it is asked.
    mutating func didWrite() {
        isWriter = true
        question?.hasWrittenSince = true
    }

    /// Notes that a revision is sent; what comes back is to be sent just before it, as a ping.
    mutating func willSend(_ revision: Revision, now: () -> NIODeadline) -> ByteBuffer? {
        defer { sent = revision }
        guard question == nil, let sent else { return nil }
        switch audience {
        case .nobody: return nil
        case .everyone: return ask(about: revision, readBefore: sent, at: now())
        case .writers: break
        }
        guard isWriter else { return nil }
        let now = now()
        guard now >= nextQuestion else { return nil }
        nextQuestion = now + Self.pause
        return ask(about: revision, readBefore: sent, at: now)
    }

    /// Notes that a first text was sent; what comes back is to be sent after it, as a ping, to learn whether the client
    /// answers at all.
    mutating func didSend(now: () -> NIODeadline) -> ByteBuffer? {
        guard audience == .everyone, !hasAnswered, question == nil, let sent else { return nil }
        return ask(about: sent, readBefore: sent, at: now())
    }

    /// Takes a pong.
    mutating func didAnswer(_ payload: ByteBuffer, now: () -> NIODeadline) -> Answer {
        guard let answered = question, payload == Self.payload(answered.revision) else { return Answer() }
        question = nil
        hasAnswered = true
        var answer = Answer(readWhenWriting: answered.hasWrittenSince ? answered.readBefore : nil)
        // What was sent meanwhile was asked about by nobody.
        if audience == .everyone, let sent, sent > answered.revision {
            answer.nextQuestion = ask(about: sent, readBefore: sent, at: now())
        }
        return answer
    }

    private mutating func ask(about revision: Revision, readBefore: Revision, at now: NIODeadline) -> ByteBuffer {
        question = Question(revision: revision, readBefore: readBefore, askedAt: now)
        return Self.payload(revision)
    }

    private static func payload(_ revision: Revision) -> ByteBuffer {
        ByteBuffer(integer: revision.rawValue)
    }
}
