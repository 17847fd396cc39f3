import NIOCore
import Testing

@testable import PairloomServer

@Suite("How many rooms may be made")
struct RoomAllowanceTests {
    private let start = NIODeadline.now()

    @Test("a minute's rooms may be made at once, then one whenever its share of the minute has passed")
    func refills() {
        let allowance = RoomAllowance()
        #expect(allowance.take(of: 2, now: start) == nil)
        #expect(allowance.take(of: 2, now: start) == nil)
        #expect(allowance.take(of: 2, now: start) == .seconds(30))
        #expect(allowance.take(of: 2, now: start + .seconds(10)) == .seconds(20))
        #expect(allowance.take(of: 2, now: start + .seconds(30)) == nil)
        #expect(allowance.take(of: 2, now: start + .seconds(30)) == .seconds(30))
    }

    @Test("what was not used is not saved up beyond a minute's rooms")
    func doesNotSaveUp() {
        let allowance = RoomAllowance()
        #expect(allowance.take(of: 2, now: start) == nil)
        let later = start + .hours(1)
        #expect((0..<4).map { _ in allowance.take(of: 2, now: later) == nil } == [true, true, false, false])
    }

    @Test("another bound begins anew")
    func changes() {
        let allowance = RoomAllowance()
        #expect((0..<3).map { _ in allowance.take(of: 2, now: start) == nil } == [true, true, false])
        #expect((0..<4).map { _ in allowance.take(of: 3, now: start) == nil } == [true, true, true, false])
    }

    @Test("without a bound there is always one more")
    func unbounded() {
        let allowance = RoomAllowance()
        #expect((0..<10_000).allSatisfy { _ in allowance.take(of: 0, now: start) == nil })
    }
}
