import NIOCore
import ProviderKit
import Rooms

/// Finds out what a client had read when it wrote, by pings that carry revisions.
///
/// Every client answers pings by itself and in order. The ping about a revision goes just before the revision itself; so
/// what a client writes before it has answered was certainly written before it read that revision. One question is open
/// at a time; what was sent meanwhile is asked about next, by a ping behind it, which bounds only what follows that.
struct SeenRevision {
    /// How often a client is asked.
    enum Pace: Sendable {
        /// The client tells by itself.
        case never
        /// As often as people type: enough to find edits that crossed.
        case typing
        /// About each revision, as far as the last question is answered.
        case always
    }

    private let pace: Pace
    /// The newest revision that was sent.
    private var sent: Revision?
    /// How many texts were sent; one may be sent twice.
    private var sentCount = 0
    private var question: Question?
    /// The newest revision that was answered for.
    private var answered: Revision?
    private var sightings = Sightings()
    /// When the next question may be asked.
    private var nextQuestion = NIODeadline.uptimeNanoseconds(0)

    private struct Question {
        /// What the ping carries.
        let revision: Revision
        /// The newest revision that had been sent before.
        let sentBefore: Revision
        /// How many texts had been sent with it.
        let sentCount: Int
        /// The newest revision that had been answered for before.
        let answeredBefore: Revision
        let askedAt: NIODeadline
        var hasWrittenSince = false
    }

    /// What an answer tells.
    struct Answer {
        /// The newest revision that the client had read for certain when it wrote, if it wrote since the question was asked.
        var readWhenWriting: Revision?
        /// What to ask next, as a ping.
        var nextQuestion: ByteBuffer?
    }

    /// The least time between two questions at the pace of typing.
    private static let pause = TimeAmount.milliseconds(50)
    /// Who has not answered for so long will not.
    private static let patience = TimeAmount.seconds(10)

    init(asks pace: Pace) {
        self.pace = pace
    }

    /// What the client may have read by now.
    func receipt(now: NIODeadline) -> ReadReceipt {
        let isAnswering = answered != nil && question.map { now - $0.askedAt < Self.patience } ?? false
        return ReadReceipt(from: sightings.settled(now: now), upTo: bound(now: now), hasUnread: isAnswering)
    }

    /// The newest revision that the client may have read; nil when that is not known, as of one that never answers.
    private func bound(now: NIODeadline) -> Revision? {
        guard answered != nil else { return nil }
        guard let question else { return sent }
        return now - question.askedAt < Self.patience ? question.sentBefore : nil
    }

    /// Notes that the client writes.
    mutating func didWrite() {
        question?.hasWrittenSince = true
    }

    /// Notes that a revision is sent; what comes back is to be sent just before it, as a ping.
    mutating func willSend(_ revision: Revision, now: () -> NIODeadline) -> ByteBuffer? {
        defer { sent = revision }
        sentCount += 1
        guard pace != .never, question == nil, let sent else { return nil }
        let now = now()
        guard pace == .always || now >= nextQuestion else { return nil }
        return ask(about: revision, sentBefore: sent, at: now)
    }

    /// Notes that the first text was sent; what comes back is to be sent after it, as a ping, to learn whether the client
    /// answers at all.
    mutating func didSendFirst(now: () -> NIODeadline) -> ByteBuffer? {
        guard pace == .always, answered == nil, question == nil, let sent else { return nil }
        return ask(about: sent, sentBefore: sent, at: now())
    }

    /// Takes a pong.
    mutating func didAnswer(_ payload: ByteBuffer, now: () -> NIODeadline) -> Answer {
        guard let question, payload == Self.payload(question.revision) else { return Answer() }
        let now = now()
        self.question = nil
        sightings.add(question.revision, at: now)
        answered = question.revision
        var answer = Answer(readWhenWriting: question.hasWrittenSince ? question.answeredBefore : nil)
        // What was sent meanwhile was asked about by nobody.
        if pace == .always, let sent, sentCount > question.sentCount {
            answer.nextQuestion = ask(about: sent, sentBefore: sent, at: now)
        }
        return answer
    }

    private mutating func ask(about revision: Revision, sentBefore: Revision, at now: NIODeadline) -> ByteBuffer {
        // At the pace of typing, what was not asked about counts as read.
        let read = pace == .always ? answered ?? sentBefore : sentBefore
        question = Question(
            revision: revision, sentBefore: sentBefore, sentCount: sentCount, answeredBefore: read, askedAt: now)
        nextQuestion = now + Self.pause
        return Self.payload(revision)
    }

    private static func payload(_ revision: Revision) -> ByteBuffer {
        ByteBuffer(integer: revision.rawValue)
    }
}
