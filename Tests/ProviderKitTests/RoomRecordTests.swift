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

    @Test func revisionsCount() {
        #expect(Revision.zero.next == Revision(1))
        #expect(Revision(3).advanced(by: -2) == Revision(1))
        #expect(Revision(2) < Revision(10))
        #expect("\(Revision(42))" == "42")
    }
}
