import ProviderKit
import Testing

@testable import Migration

@Suite struct TellingTests {
    @Test func numbersAreGrouped() {
        #expect([0, 999, 1_000, 1_234_567].map { Amounts.text($0) } == ["0", "999", "1,000", "1,234,567"])
        #expect([0, 1, 1_000].map { Amounts.text($0, "room") } == ["0 rooms", "1 room", "1,000 rooms"])
    }

    @Test func sizesHaveAUnit() {
        #expect([0, 1_023].map { Amounts.text(bytes: $0) } == ["0 B", "1023 B"])
        #expect([1_024, 1_536, 1_048_575].map { Amounts.text(bytes: $0) } == ["1.0 KiB", "1.5 KiB", "1,023.9 KiB"])
        #expect([1_048_576, 1_073_741_824].map { Amounts.text(bytes: $0) } == ["1.0 MiB", "1.0 GiB"])
        #expect(Amounts.text(bytes: 5_000 << 30) == "5,000.0 GiB")
    }

    @Test func timesHaveUnits() {
        let times = [Duration.milliseconds(450), .seconds(9), .seconds(59), .seconds(200), .seconds(7_500)]
        #expect(times.map { Amounts.text($0) } == ["0.4 s", "9.0 s", "59 s", "3 min 20 s", "2 h 5 min"])
    }

    @Test func countingTellsHowManySoFar() {
        var progress = MigrationProgress()
        progress.total = 12_000
        #expect(progress.line(after: .seconds(1), barWidth: 10) == "counting: 12,000 rooms")
    }

    @Test func copyingTellsHowFarAndHowLong() {
        var progress = copying(done: 250, of: 1_000)
        (progress.changes, progress.bytes) = (4_000, 2_048)
        let figures = "25 %, 15 s left, 250 of 1,000 rooms, 50 rooms/s, 4,000 changes, 2.0 KiB"
        #expect(progress.line(after: .seconds(5)) == "copying: \(figures)")
        #expect(progress.line(after: .seconds(5), barWidth: 8) == "copying: [##------] \(figures)")
    }

    @Test func theBeginningAndTheEndHaveNoTimeLeft() {
        #expect(copying(done: 0, of: 10).line(after: .zero) == "copying: 0 %, 0 of 10 rooms, 0 changes, 0 B")
        let end = copying(done: 10, of: 10).line(after: .seconds(5), barWidth: 4)
        #expect(end == "copying: [####] 100 %, 10 of 10 rooms, 2 rooms/s, 0 changes, 0 B")
        #expect(copying(done: 11, of: 10).fraction == 1)
    }

    @Test func theSummaryNamesTheFirstThatAreWrong() {
        var progress = copying(done: 20, of: 20)
        (progress.copied, progress.continued, progress.alreadyThere) = (5, 1, 2)
        for number in 1...12 {
            progress.failures.append(RoomFailure(room: RoomID("\(number)"), error: .otherRecord))
        }
        progress.begin(.verifying)
        progress.verified = 20
        let lines = progress.summary(after: .seconds(3)).split(separator: "\n")
        #expect(lines.first == "5 rooms copied, 1 continued, 2 there already: 0 changes, 0 B.")
        #expect(lines[1] == "Not copied, or not wholly: 12 rooms.")
        #expect(lines[2] == "  room 1: the target has another room of this id")
        #expect(lines.suffix(3) == ["  and 2 more", "20 rooms compared: no difference.", "It took 3.0 s."])
    }

    @Test func anEmptySourceIsTold() {
        #expect(copying(done: 0, of: 0).summary(after: .zero) == "The source holds no rooms.")
    }

    private func copying(done: Int, of total: Int) -> MigrationProgress {
        var progress = MigrationProgress()
        progress.begin(.copying)
        (progress.done, progress.total) = (done, total)
        return progress
    }
}
