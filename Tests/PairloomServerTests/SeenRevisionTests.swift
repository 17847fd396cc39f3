import NIOCore
import ProviderKit
import Testing

@testable import PairloomServer

@Suite struct SeenRevisionTests {
    private func ball(_ revision: Int) -> ByteBuffer {
        ByteBuffer(integer: revision)
    }

    private func send(_ revision: Int, at milliseconds: Int, to seen: inout SeenRevision) -> ByteBuffer? {
        seen.willSend(Revision(revision)) { .uptimeNanoseconds(UInt64(1_000_000 * (milliseconds + 1_000))) }
    }

    @Test func whoNeverWritesIsNeverAsked() {
        var seen = SeenRevision()
        let questions = (0..<5).map { send($0, at: $0 * 100, to: &seen) }
        #expect(questions == [nil, nil, nil, nil, nil])
    }

    @Test func whoWritesBeforeTheAnswerHadNotReadTheRevision() {
        var seen = SeenRevision()
        _ = send(3, at: 0, to: &seen)
        seen.didWrite()
        #expect(send(4, at: 0, to: &seen) == ball(4))
        seen.didWrite()
        #expect(send(5, at: 100, to: &seen) == nil, "one question at a time")
        #expect(seen.didAnswer(ball(4)) == Revision(3))
    }

    @Test func whoWritesAfterTheAnswerHadReadIt() {
        var seen = SeenRevision()
        seen.didWrite()
        #expect(send(4, at: 0, to: &seen) == ball(4))
        #expect(seen.didAnswer(ball(4)) == nil)
        seen.didWrite()
        #expect(send(5, at: 100, to: &seen) == ball(5))
        #expect(seen.didAnswer(ball(5)) == nil)
    }

    @Test func questionsComeNoFasterThanPeopleType() {
        var seen = SeenRevision()
        seen.didWrite()
        #expect(send(1, at: 0, to: &seen) == ball(1))
        _ = seen.didAnswer(ball(1))
        #expect(send(2, at: 49, to: &seen) == nil)
        #expect(send(3, at: 50, to: &seen) == ball(3))
    }

    @Test func answersToNothingChangeNothing() {
        var seen = SeenRevision()
        seen.didWrite()
        _ = send(1, at: 0, to: &seen)
        seen.didWrite()
        #expect(seen.didAnswer(ball(7)) == nil)
        #expect(seen.didAnswer(ByteBuffer()) == nil)
        #expect(seen.didAnswer(ball(1)) != nil)
        #expect(seen.didAnswer(ball(1)) == nil)
    }
}
