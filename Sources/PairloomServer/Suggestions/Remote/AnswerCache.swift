import NIOCore

/// The newest answers, each for a while. A value.
struct AnswerCache: Sendable {
    /// How long an answer is good for.
    static let lifetime = TimeAmount.seconds(60)

    private struct Entry {
        let answer: String?
        let end: NIODeadline
        let serial: Int
    }

    private let capacity: Int
    private var entries: [RemoteQuestion: Entry] = [:]
    /// The questions in the order in which they were kept; one that was kept again stands here more than once.
    private var order: [(question: RemoteQuestion, serial: Int)] = []
    private var nextSerial = 0

    /// - Parameter capacity: 0 keeps nothing.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The answer that was kept; nil when there is none, and `.some(nil)` when there was nothing to say.
    mutating func answer(to question: RemoteQuestion, at now: NIODeadline) -> String?? {
        guard let entry = entries[question] else { return nil }
        guard now < entry.end else {
            entries[question] = nil
            return nil
        }
        return .some(entry.answer)
    }

    mutating func keep(_ answer: String?, for question: RemoteQuestion, at now: NIODeadline) {
        guard capacity > 0 else { return }
        entries[question] = Entry(answer: answer, end: now + Self.lifetime, serial: nextSerial)
        order.append((question, nextSerial))
        nextSerial += 1
        if order.count > 2 * capacity { forgetOldest() }
    }

    private mutating func forgetOldest() {
        order.removeAll { entries[$0.question]?.serial != $0.serial }
        for (question, _) in order.prefix(max(0, order.count - capacity)) { entries[question] = nil }
        order.removeFirst(max(0, order.count - capacity))
    }
}
