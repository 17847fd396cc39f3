package import NIOCore
package import ProviderKit

/// The knowledge of which texts a client had read when it wrote one itself.
package struct ReadReceipt: Sendable, Hashable {
    /// It has shown this revision for certain, or a newer one; nil when nothing is certain.
    package let from: Revision?
    /// Its library has read this revision, and its page most likely, too; nil when nothing is known.
    package let read: Revision?
    /// It cannot have read anything newer than this; nil when that is not known.
    package let upTo: Revision?
    /// Whether it has not read yet all that it was asked about.
    package let hasUnread: Bool

    package init(
        from: Revision? = nil, read: Revision? = nil, upTo: Revision? = nil, hasUnread: Bool = false
    ) {
        self.from = from
        self.read = read
        self.upTo = upTo
        self.hasUnread = hasUnread
    }
}

/// Finds out by pings what a client has read.
///
/// Every client answers pings by itself and in order. A ping, the *question*, goes just before the text that it asks about:
/// what arrives before the answer was written before the client read that text, or any later one. An answer says what the
/// client's WebSocket library has read; its page has certainly shown that two seconds later.
///
/// A client that has never answered, or not for ten seconds, tells nothing.
package struct ReadReceipts: Sendable {
    private let isAsking: Bool
    private var questions: [Question] = []
    private var questionCount: UInt64 = 0
    /// The newest revision that was sent.
    private var sent: Revision?
    /// The newest revision that was answered for; nil for a client that has never answered.
    private var answered: Revision?
    private var sightings = Sightings()
    /// The time at which the next question would be due if questions were asked at an even pace.
    private var nextQuestion = NIODeadline.uptimeNanoseconds(0)
    /// Whether no question was asked about the newest text.
    private var hasUnasked = false

    private struct Question {
        /// The ping's payload.
        let number: UInt64
        let revision: Revision
        /// The newest revision that had been sent before.
        let sentBefore: Revision?
        let askedAt: NIODeadline
    }

    /// The time between two questions in the long run: texts that come faster are asked about together.
    private static let pause = TimeAmount.milliseconds(10)
    /// The time by which questions may be ahead of that.
    private static let burst = pause * 256
    /// The number of questions that may wait for an answer.
    private static let mostQuestions = 64
    /// The time after which a client that has not answered is taken for one that does not.
    private static let patience = TimeAmount.seconds(10)

    /// - Parameter isAsking: false for a client that tells its revisions, which is never asked.
    package init(isAsking: Bool) {
        self.isAsking = isAsking
    }

    /// The texts that the client may have read by now.
    package func receipt(now: NIODeadline) -> ReadReceipt {
        let from = sightings.settled(now: now)
        guard let oldest = questions.first else {
            return ReadReceipt(from: from, read: answered, upTo: answered == nil ? nil : sent)
        }
        guard now - oldest.askedAt < Self.patience else { return ReadReceipt(from: from, read: answered) }
        let bound = answered == nil ? nil : oldest.sentBefore
        return ReadReceipt(from: from, read: answered, upTo: bound, hasUnread: true)
    }

    /// Notes that a text is sent; what comes back is to be sent just before it, as a ping.
    package mutating func willSend(_ revision: Revision, now: () -> NIODeadline) -> ByteBuffer? {
        guard isAsking else { return nil }
        let before = sent
        sent = revision
        hasUnasked = true
        return ask(sentBefore: before, at: now())
    }

    /// The time at which a question about the newest text is due; nil when it was asked, or when an answer must come first.
    package var questionDue: NIODeadline? {
        hasUnasked && questions.count < Self.mostQuestions ? nextQuestion - Self.burst : nil
    }

    /// A question about texts that were sent before, to be sent as a ping, if one is due. It goes behind them and bounds only
    /// what follows.
    package mutating func overdueQuestion(now: NIODeadline) -> ByteBuffer? {
        hasUnasked ? ask(sentBefore: sent, at: now) : nil
    }

    /// Takes a pong.
    package mutating func didAnswer(_ payload: ByteBuffer, now: () -> NIODeadline) {
        guard let number = payload.getInteger(at: payload.readerIndex, as: UInt64.self),
            let index = questions.firstIndex(where: { $0.number == number })
        else { return }
        let question = questions[index]
        questions.removeFirst(index + 1)
        answered = question.revision
        sightings.add(question.revision, at: now())
    }

    private mutating func ask(sentBefore: Revision?, at now: NIODeadline) -> ByteBuffer? {
        guard let sent, questions.count < Self.mostQuestions, now >= nextQuestion - Self.burst else { return nil }
        questionCount += 1
        questions.append(Question(number: questionCount, revision: sent, sentBefore: sentBefore, askedAt: now))
        nextQuestion = max(nextQuestion, now) + Self.pause
        hasUnasked = false
        return ByteBuffer(integer: questionCount)
    }
}

/// The times at which a client answered for revisions, as far as they matter: to know the newest one that even a busy page, whose
/// library has read a message and answered for it, must have shown by now.
private struct Sightings: Sendable {
    private struct Sighting {
        let revision: Revision
        let at: NIODeadline
    }

    private var latest: Sighting?
    /// One that is kept until it is old enough, however many come after it.
    private var aging: Sighting?
    private var settled: Sighting?

    /// The time for which a page may be busy.
    private static let busyTime = TimeAmount.seconds(2)

    /// Notes an answer.
    mutating func add(_ revision: Revision, at now: NIODeadline) {
        if let latest, Self.isOld(latest, now) {
            (settled, aging) = (latest, nil)
        } else if let aging, Self.isOld(aging, now) {
            settled = aging
            self.aging = latest
        } else {
            aging = aging ?? latest
        }
        latest = Sighting(revision: revision, at: now)
    }

    /// The newest revision that was certainly shown; nil when there is none.
    func settled(now: NIODeadline) -> Revision? {
        [latest, aging, settled].lazy.compactMap(\.self).first { Self.isOld($0, now) }?.revision
    }

    private static func isOld(_ sighting: Sighting, _ now: NIODeadline) -> Bool {
        now - sighting.at >= busyTime
    }
}
