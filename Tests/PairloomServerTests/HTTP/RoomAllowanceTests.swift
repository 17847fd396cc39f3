import NIOCore
import Testing

@testable import PairloomServer

@Suite("How many rooms may be made")
struct RoomAllowanceTests {
    private let start = NIODeadline.now()

    @Test("a minute's rooms may be made at once, then one whenever its share of the minute has passed")
    func refills() {
        let allowance = RoomAllowance(perMinute: 2, now: start)
        #expect(allowance.take(now: start) == nil)
        #expect(allowance.take(now: start) == nil)
        #expect(allowance.take(now: start) == .seconds(30))
        #expect(allowance.take(now: start + .seconds(10)) == .seconds(20))
        #expect(allowance.take(now: start + .seconds(30)) == nil)
        #expect(allowance.take(now: start + .seconds(30)) == .seconds(30))
    }

    @Test("what was not used is not saved up beyond a minute's rooms")
    func doesNotSaveUp() {
        let allowance = RoomAllowance(perMinute: 2, now: start)
        let later = start + .hours(1)
        #expect((0..<4).map { _ in allowance.take(now: later) == nil } == [true, true, false, false])
    }

    @Test("without a bound there is always one more")
    func unbounded() {
        let allowance = RoomAllowance(perMinute: 0, now: start)
        #expect((0..<10_000).allSatisfy { _ in allowance.take(now: start) == nil })
    }
}
