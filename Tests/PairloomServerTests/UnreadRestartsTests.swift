import NIOCore
import Testing

@testable import PairloomServer

@Suite struct UnreadRestartsTests {
    @Test func aRestartIsUnreadUntilItsOwnPingIsAnswered() {
        var restarts = UnreadRestarts()
        #expect(restarts.isEmpty)
        let first = restarts.didSend()
        let second = restarts.didSend()
        // The ping of a revision is another.
        let answers = [ByteBuffer(integer: 2), first, second, second].map { (restarts.didAnswer($0), restarts.isEmpty) }
        #expect(answers.map(\.0) == [false, false, true, false])
        #expect(answers.map(\.1) == [false, false, true, true])
    }
}
