import NIOCore
import ProviderKit
import Testing

@testable import PairloomServer

@Suite struct SeenRevisionTests {
    private func pong(_ revision: Int) -> ByteBuffer {
        ByteBuffer(integer: revision)
    }

    @Test func whoNeverWritesIsNeverAsked() {
        var seen = SeenRevision()
        let questions = (0..<5).map { seen.willSend(Revision($0)) }
        #expect(questions == [nil, nil, nil, nil, nil])
        #expect(seen.whenWriting() == Revision(4), "what no question was asked about counts as read")
    }

    @Test func whatIsNotAnsweredYetMayNotBeRead() {
        var seen = SeenRevision()
        _ = seen.willSend(Revision(3))
        _ = seen.whenWriting()
        #expect(seen.willSend(Revision(4)) == pong(4))
        #expect(seen.whenWriting() == Revision(3))
        #expect(seen.willSend(Revision(5)) == nil, "one question at a time")
        #expect(seen.didAnswer(pong(4)) == pong(5))
        #expect(seen.whenWriting() == Revision(4))
        #expect(seen.didAnswer(pong(5)) == nil)
        #expect(seen.whenWriting() == Revision(5))
    }

    @Test func answersToNothingChangeNothing() {
        var seen = SeenRevision()
        _ = seen.whenWriting()
        _ = seen.willSend(Revision(1))
        #expect(seen.didAnswer(pong(7)) == nil)
        #expect(seen.didAnswer(ByteBuffer()) == nil)
        #expect(seen.whenWriting() == nil)
        #expect(seen.didAnswer(pong(1)) == nil)
        #expect(seen.whenWriting() == Revision(1))
    }
}
