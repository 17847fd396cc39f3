import ProviderKit
import Testing

@Suite struct RoomRecordTests {
    @Test func theEntriesOfAnAppendFollowEachOther() {
        let append = RoomAppend(
            room: RoomID("r"), first: Revision(5), payloads: [[1], [], [2, 3]], at: Timestamp(milliseconds: 0))
        #expect(
            append.entries == [
                LogEntry(revision: Revision(5), payload: [1]),
                LogEntry(revision: Revision(6), payload: []),
                LogEntry(revision: Revision(7), payload: [2, 3]),
            ])
        #expect(append.last == Revision(7))
    }

    @Test func theOnlyEntryIsTheFirstAndTheLast() {
        let append = RoomAppend(room: RoomID("r"), first: Revision(1), payloads: [[9]], at: Timestamp(milliseconds: 0))
        #expect(append.last == append.first)
        #expect(append.entries == [LogEntry(revision: Revision(1), payload: [9])])
    }

    @Test func roomsAreOrderedByTheirUTF8Bytes() {
        // U+FF5E comes before U+1F600 in UTF-8, and after it in UTF-16.
        let ids = ["😀", "b", "～", "a", "B", "é", ""].map { RoomID($0) }
        #expect(ids.sorted().map(\.rawValue) == ["", "B", "a", "b", "é", "～", "😀"])
    }

    @Test func calculatingWithRevisionsNeverTraps() {
        let numbers = [Int.min, -1, 0, 1, Revision.largest.rawValue, Int.max]
        for number in numbers {
            let revision = Revision(number)
            #expect(revision.next == Revision(number == .max ? .max : number + 1))
            for other in numbers {
                let sum = Int(clamping: Int128(number) + Int128(other))
                let difference = Int(clamping: Int128(number) - Int128(other))
                #expect(revision.advanced(by: other) == Revision(sum))
                #expect(revision.changes(since: Revision(other)) == difference)
            }
        }
    }

    @Test func aRoomIsAtARevisionFromZeroToTheLargest() {
        #expect(Revision.largest.rawValue == 9_007_199_254_740_991)
        for number in [0, 1, Revision.largest.rawValue] { #expect(Revision(exactly: number) == Revision(number)) }
        for number in [Int.min, -1, Revision.largest.rawValue + 1, Int.max] {
            #expect(Revision(exactly: number) == nil)
        }
    }

    @Test func whatAStoreGivesHasRevisionsWhereverItBegins() {
        let record = RoomRecord(id: RoomID("r"), language: "", createdAt: Timestamp(milliseconds: 0))
        for first in [Int.min, -1, Revision.largest.rawValue, Int.max - 1, Int.max] {
            let room = StoredRoom(
                record: record, updatedAt: record.createdAt, snapshot: Snapshot(revision: Revision(first), text: ""),
                changes: PayloadRun([[1], [2], [3]]))
            #expect(room.entries.count == 3)
            #expect(room.revision >= room.snapshot.revision)
        }
    }

    @Test func revisionsCount() {
        #expect(Revision.zero.next == Revision(1))
        #expect(Revision(3).advanced(by: -2) == Revision(1))
        #expect(Revision(2) < Revision(10))
        #expect("\(Revision(42))" == "42")
    }
}
