import NIOCore
import ProviderKit
import Rooms
import Testing

@testable import PairloomServer

@Suite struct SeenRevisionTests {
    private func ball(_ revision: Int) -> ByteBuffer {
        ByteBuffer(integer: revision)
    }

    private func time(_ milliseconds: Int) -> NIODeadline {
        .uptimeNanoseconds(UInt64(1_000_000 * (milliseconds + 1_000)))
    }

    private func send(_ revision: Int, at milliseconds: Int = 0, to seen: inout SeenRevision) -> ByteBuffer? {
        seen.willSend(Revision(revision)) { time(milliseconds) }
    }

    private func answer(_ payload: ByteBuffer, to seen: inout SeenRevision) -> SeenRevision.Answer {
        seen.didAnswer(payload) { time(0) }
    }

    // MARK: At the pace of typing

    @Test func whoTellsByItselfIsNeverAsked() {
        var seen = SeenRevision(asks: .never)
        let questions = (0..<5).map { send($0, at: $0 * 100, to: &seen) }
        #expect(questions == [nil, nil, nil, nil, nil])
    }

    @Test func whoWritesBeforeTheAnswerHadNotReadTheRevision() {
        var seen = SeenRevision(asks: .typing)
        _ = send(3, to: &seen)
        seen.didWrite()
        #expect(send(4, to: &seen) == ball(4))
        seen.didWrite()
        #expect(send(5, at: 100, to: &seen) == nil, "one question at a time")
        #expect(answer(ball(4), to: &seen).readWhenWriting == Revision(3))
    }

    @Test func whoWritesAfterTheAnswerHadReadIt() {
        var seen = SeenRevision(asks: .typing)
        _ = send(3, to: &seen)
        seen.didWrite()
        #expect(send(4, to: &seen) == ball(4))
        #expect(answer(ball(4), to: &seen).readWhenWriting == nil)
        seen.didWrite()
        #expect(send(5, at: 100, to: &seen) == ball(5))
        #expect(answer(ball(5), to: &seen).readWhenWriting == nil)
    }

    @Test func questionsComeNoFasterThanPeopleType() {
        var seen = SeenRevision(asks: .typing)
        _ = send(0, to: &seen)
        seen.didWrite()
        #expect(send(1, at: 0, to: &seen) == ball(1))
        _ = answer(ball(1), to: &seen)
        #expect(send(2, at: 49, to: &seen) == nil)
        #expect(send(3, at: 50, to: &seen) == ball(3))
    }

    @Test func answersToNothingChangeNothing() {
        var seen = SeenRevision(asks: .typing)
        _ = send(0, to: &seen)
        seen.didWrite()
        _ = send(1, to: &seen)
        seen.didWrite()
        #expect(answer(ball(7), to: &seen).readWhenWriting == nil)
        #expect(answer(ByteBuffer(), to: &seen).readWhenWriting == nil)
        #expect(answer(ball(1), to: &seen).readWhenWriting != nil)
        #expect(answer(ball(1), to: &seen).readWhenWriting == nil)
    }

    // MARK: Always

    /// One that was sent its first text, at revision 3, and has answered for it.
    private func answering() -> SeenRevision {
        var seen = SeenRevision(asks: .always)
        #expect(send(3, to: &seen) == nil)
        #expect(seen.didSendFirst { time(0) } == ball(3))
        _ = answer(ball(3), to: &seen)
        return seen
    }

    @Test func whatIsNotAnsweredForIsNotRead() {
        var seen = answering()
        #expect(seen.receipt(now: time(0)).upTo == Revision(3))
        #expect(send(4, to: &seen) == ball(4))
        #expect(send(5, to: &seen) == nil)
        #expect(seen.receipt(now: time(0)).upTo == Revision(3))
    }

    @Test func whatIsAnsweredForMayHaveBeenRead() {
        var seen = answering()
        _ = send(4, to: &seen)
        #expect(answer(ball(4), to: &seen).nextQuestion == nil)
        #expect(seen.receipt(now: time(0)).upTo == Revision(4))
    }

    @Test func whatWasSentBehindAQuestionIsAskedAboutNext() {
        var seen = answering()
        _ = send(4, to: &seen)
        _ = send(5, to: &seen)
        _ = send(6, to: &seen)
        #expect(answer(ball(4), to: &seen).nextQuestion == ball(6))
        #expect(seen.receipt(now: time(0)).upTo == Revision(6), "it was sent before the question")
        #expect(send(7, to: &seen) == nil)
        #expect(seen.receipt(now: time(0)).upTo == Revision(6))
    }

    @Test func whoNeverAnswersHasNoBound() {
        var seen = SeenRevision(asks: .always)
        _ = send(3, to: &seen)
        _ = seen.didSendFirst { time(0) }
        _ = send(4, to: &seen)
        #expect(seen.receipt(now: time(0)).upTo == nil)
    }

    @Test func whoStopsAnsweringHasNoBoundAfterAWhile() {
        var seen = answering()
        _ = send(4, to: &seen)
        #expect(seen.receipt(now: time(9_999)).upTo == Revision(3))
        #expect(seen.receipt(now: time(10_000)).upTo == nil)
    }

    @Test func whatWasAnsweredForLongAgoWasReadForCertain() {
        let seen = answering()
        #expect(seen.receipt(now: time(1_999)).from == nil)
        #expect(seen.receipt(now: time(2_000)).from == Revision(3))
    }

    @Test func whatIsCertainGrowsWhileNewAnswersKeepComing() {
        var seen = answering()
        for turn in 1...100 {
            _ = send(3 + turn, at: turn * 100, to: &seen)
            _ = seen.didAnswer(ball(3 + turn)) { time(turn * 100) }
        }
        let certain = seen.receipt(now: time(10_000)).from?.rawValue ?? 0
        #expect((60...83).contains(certain))
        #expect(seen.receipt(now: time(12_000)).from == Revision(103))
    }
}
