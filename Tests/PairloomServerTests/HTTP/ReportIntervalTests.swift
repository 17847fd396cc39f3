import Testing

@testable import PairloomServer

@Suite("Failures that repeat")
struct ReportIntervalTests {
    @Test("the first is reported, then one in each interval, with how many were kept silent between")
    func reportsSeldom() {
        let start = ContinuousClock.now
        var reports = ReportInterval(interval: .seconds(60))
        #expect(reports.note(at: start) == 0)
        #expect(reports.note(at: start + .seconds(1)) == nil)
        #expect(reports.note(at: start + .seconds(59)) == nil)
        #expect(reports.note(at: start + .seconds(60)) == 2)
        #expect(reports.note(at: start + .seconds(61)) == nil)
        #expect(reports.note(at: start + .seconds(500)) == 1)
    }
}
