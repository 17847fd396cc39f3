import Migration
import ProviderKit
import StorageMemory
import Testing

@Suite struct VerificationTests {
    private let source = MemoryRoomStore()
    private let target = MemoryRoomStore()
    private let record = RoomRecord(id: RoomID("a"), language: "swift", createdAt: Timestamp(milliseconds: 1))
    /// Several pages, most of them before the snapshot.
    private let changes = (1...500).map { Array("change \($0)".utf8) }

    init() async throws {
        try await put(changes, into: source)
    }

    @Test func theSameIsNoDifference() async throws {
        try await put(changes, into: target)
        try await expect(nil)
    }

    @Test(arguments: [1, 16, 17, 250, 400, 401, 499])
    func aByteThatChangedAnywhereInTheHistoryIsFound(in revision: Int) async throws {
        var changed = changes
        changed[revision - 1][0] ^= 1
        try await put(changed, into: target)
        try await expect("the change that leads to revision \(revision) is not the same")
    }

    @Test func aHistoryThatIsNotWholeIsFound() async throws {
        try await put(changes, into: target)
        try await target.prune(record.id, through: Revision(100))
        try await expect("the change that leads to revision 1 is not in the target")
    }

    @Test func whatTheSourceHasForgottenSinceIsNoDifference() async throws {
        try await put(changes, into: target)
        try await source.prune(record.id, through: Revision(100))
        try await expect(nil)
    }

    @Test func aTextWithOtherBytesIsFoundThoughItLooksTheSame() async throws {
        try await put(changes, text: "e\u{301}", into: target)
        try await expect("its text at revision 400 is not the same")
    }

    @Test func anOlderSnapshotIsFound() async throws {
        try await put(changes, snapshot: 300, into: target)
        try await expect("its snapshot is of revision 400 in the source, of 300 in the target")
    }

    @Test func aRoomThatLagsBehindIsFound() async throws {
        try await put(Array(changes.prefix(450)), into: target)
        try await expect("it is at revision 500 in the source, at 450 in the target")
    }

    @Test func anotherTimeIsFound() async throws {
        try await put(changes, at: 8, into: target)
        try await expect("it was changed at another time in the target")
    }

    @Test func roomsOfOneSideAreFound() async throws {
        try await expect("it is not in the target")
        try await source.delete(record.id)
        try await put(changes, into: target)
        try await expect("it is in the target alone")
    }

    /// Compares both stores.
    private func expect(_ difference: String?, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let monitor = MigrationMonitor()
        try await Migration(from: source, to: target, monitor: monitor).verify()
        let found = monitor.progress.differences.first.map(\.description)
        #expect(found == (difference.map { ["room a: \($0)"] } ?? []), sourceLocation: sourceLocation)
    }

    private func put(
        _ changes: [[UInt8]], text: String = "\u{E9}", snapshot: Int = 400, at time: Int64 = 5,
        into store: MemoryRoomStore
    ) async throws {
        try await store.create(record, text: "")
        let append = RoomAppend(
            room: record.id, first: Revision(1), payloads: changes, at: Timestamp(milliseconds: time))
        try await store.append([append])
        try await store.saveSnapshot(Snapshot(revision: Revision(snapshot), text: text), for: record.id)
    }
}
