import NIOCore
import ProviderKit
import Rooms
import Testing

/// What pings tell of the texts that a client has read.
@Suite struct ReadReceiptsTests {
    private func time(_ milliseconds: Int) -> NIODeadline {
        .uptimeNanoseconds(UInt64(1_000_000 * (milliseconds + 1_000)))
    }

    private func send(_ revision: Int, at milliseconds: Int = 0, to receipts: inout ReadReceipts) -> ByteBuffer? {
        receipts.willSend(Revision(revision)) { time(milliseconds) }
    }

    private func answer(_ question: ByteBuffer?, at milliseconds: Int = 0, to receipts: inout ReadReceipts) throws {
        receipts.didAnswer(try #require(question)) { time(milliseconds) }
    }

    /// One that was sent its first text, at revision 3, and has answered for it.
    private func answering() throws -> ReadReceipts {
        var receipts = ReadReceipts(isAsking: true)
        try answer(send(3, to: &receipts), to: &receipts)
        return receipts
    }

    @Test func whoTellsByItselfIsNeverAsked() {
        var receipts = ReadReceipts(isAsking: false)
        let questions = (0..<5).map { send($0, at: $0 * 100, to: &receipts) }
        #expect(questions == [nil, nil, nil, nil, nil])
        #expect(receipts.questionDue == nil)
    }

    @Test func whatIsNotAnsweredForIsNotRead() throws {
        var receipts = try answering()
        #expect(receipts.receipt(now: time(0)) == ReadReceipt(read: Revision(3), upTo: Revision(3)))
        #expect(send(4, at: 100, to: &receipts) != nil)
        #expect(send(5, at: 200, to: &receipts) != nil)
        #expect(receipts.receipt(now: time(200)) == ReadReceipt(read: Revision(3), upTo: Revision(3), hasUnread: true))
    }

    @Test func eachTextHasAQuestionOfItsOwn() throws {
        var receipts = try answering()
        let questions = (4...6).map { send($0, at: $0 * 100, to: &receipts) }
        try answer(questions[0], to: &receipts)
        #expect(receipts.receipt(now: time(700)).upTo == Revision(4))
        try answer(questions[2], to: &receipts)
        #expect(receipts.receipt(now: time(700)) == ReadReceipt(read: Revision(6), upTo: Revision(6)))
    }

    @Test func whatComesTooFastIsAskedAboutTogetherALittleLater() throws {
        var receipts = try answering()
        // Few at once are asked about one by one.
        for turn in 0..<256 {
            try answer(send(4 + turn, at: 100, to: &receipts), at: 100, to: &receipts)
        }
        let last = send(300, at: 100, to: &receipts)
        #expect(last != nil, "the last one of a burst")
        #expect(send(301, at: 100, to: &receipts) == nil)
        #expect(send(302, at: 101, to: &receipts) == nil)
        let due = try #require(receipts.questionDue)
        #expect(time(101) < due && due <= time(110))
        #expect(receipts.overdueQuestion(now: due - .nanoseconds(1)) == nil)
        let late = receipts.overdueQuestion(now: due)
        #expect(late != nil && receipts.questionDue == nil)
        try answer(last, at: 111, to: &receipts)
        #expect(
            receipts.receipt(now: time(111)) == ReadReceipt(read: Revision(300), upTo: Revision(302), hasUnread: true))
        try answer(late, at: 112, to: &receipts)
        #expect(receipts.receipt(now: time(112)) == ReadReceipt(read: Revision(302), upTo: Revision(302)))
    }

    @Test func atMostSixtyFourQuestionsWaitForAnswers() throws {
        var receipts = try answering()
        let questions = (4...100).compactMap { send($0, at: $0 * 100, to: &receipts) }
        #expect(questions.count == 64)
        #expect(receipts.questionDue == nil)
        try answer(questions[63], to: &receipts)
        #expect(receipts.questionDue != nil)
    }

    @Test func answersToNothingChangeNothing() throws {
        var receipts = try answering()
        let question = send(4, at: 100, to: &receipts)
        for payload in [
            ByteBuffer(), ByteBuffer(integer: 7), ByteBuffer(integer: UInt64.max), ByteBuffer(string: "pong"),
        ] {
            receipts.didAnswer(payload) { time(100) }
        }
        #expect(receipts.receipt(now: time(100)).upTo == Revision(3))
        try answer(question, to: &receipts)
        try answer(question, to: &receipts)
        #expect(receipts.receipt(now: time(100)).upTo == Revision(4))
    }

    @Test func whoNeverAnswersHasNoBound() {
        var receipts = ReadReceipts(isAsking: true)
        _ = send(3, to: &receipts)
        _ = send(4, at: 100, to: &receipts)
        #expect(receipts.receipt(now: time(9_999)) == ReadReceipt(hasUnread: true))
        #expect(receipts.receipt(now: time(10_000)) == ReadReceipt())
    }

    @Test func whoStopsAnsweringHasNoBoundAfterAWhile() throws {
        var receipts = try answering()
        _ = send(4, at: 100, to: &receipts)
        #expect(receipts.receipt(now: time(10_099)).upTo == Revision(3))
        #expect(receipts.receipt(now: time(10_100)).upTo == nil)
    }

    @Test func whatWasAnsweredForLongAgoWasShownForCertain() throws {
        let receipts = try answering()
        #expect(receipts.receipt(now: time(1_999)).from == nil)
        #expect(receipts.receipt(now: time(2_000)).from == Revision(3))
    }

    @Test func whatIsCertainGrowsWhileNewAnswersKeepComing() throws {
        var receipts = try answering()
        for turn in 1...100 {
            try answer(send(3 + turn, at: turn * 100, to: &receipts), at: turn * 100, to: &receipts)
        }
        let certain = receipts.receipt(now: time(10_000)).from?.rawValue ?? 0
        #expect((60...83).contains(certain))
        #expect(receipts.receipt(now: time(12_000)).from == Revision(103))
    }
}
