import Migration
import ProviderKit
import StorageMemory
import Testing

@Suite struct DivergedRoomTests {
    private let source = MemoryRoomStore()
    private let target = MemoryRoomStore()
    private let room = RoomRecord(id: RoomID("b"), language: "swift", createdAt: Timestamp(milliseconds: 1))

    init() async throws {
        for id in ["a", "c"] {
            try await source.create(
                RoomRecord(id: RoomID(id), language: "go", createdAt: Timestamp(milliseconds: 1)), text: id)
        }
        try await source.create(room, text: "text")
        try await source.append([append(1, "one", "two", "three")])
    }

    @Test func aRoomThatWasChangedInTheTargetStaysAsItIs() async throws {
        try await target.create(room, text: "text")
        try await target.append([append(1, "one", "other")])
        try await expectFailure("the target has changed it: at revision 2 the two are different")
    }

    @Test func aRoomWithMoreChangesInTheTargetStaysAsItIs() async throws {
        try await target.create(room, text: "text")
        try await target.append([append(1, "one", "two", "three", "four")])
        try await expectFailure("the target has changed it: it is at revision 4 there, and at 3 in the source")
    }

    @Test func aRoomThatWasChangedAtAnotherTimeStaysAsItIs() async throws {
        try await target.create(room, text: "text")
        try await target.append([append(1, "one", "two", "three", at: 9)])
        try await expectFailure("the target has changed it: at revision 3 the two are different")
    }

    @Test func aRoomWithAnotherTextStaysAsItIs() async throws {
        try await target.create(room, text: "t\u{65}\u{301}xt")
        try await source.delete(room.id)
        try await source.create(room, text: "t\u{E9}xt")
        try await expectFailure("the target has changed it: at revision 0 the two are different")
    }

    @Test func anotherRoomOfTheSameIDStaysAsItIs() async throws {
        try await target.create(
            RoomRecord(id: room.id, language: "go", createdAt: room.createdAt), text: "text")
        try await expectFailure("the target has another room of this id")
    }

    @Test func aRoomWhoseSourceForgotTheChangesInBetweenStaysAsItIs() async throws {
        try await migrate(source, target)
        try await source.append([append(4, "four", "five")])
        try await source.saveSnapshot(Snapshot(revision: Revision(5), text: "new"), for: room.id)
        try await source.prune(room.id, through: Revision(3))
        try await expectFailure(
            "the source no longer holds what revision 3, where the target's copy ends, can be compared with")
    }

    @Test func aRoomThatWasNeverChangedIsNotFilledAcrossAGap() async throws {
        try await target.create(room, text: "text")
        try await source.saveSnapshot(Snapshot(revision: Revision(3), text: "new"), for: room.id)
        try await source.prune(room.id, through: Revision(2))
        try await expectFailure(
            "the source no longer holds the change that follows revision 0, where the target's copy ends")
    }

    @Test func whatAServerWritesToTheTargetMeanwhileIsKept() async throws {
        try await migrate(source, target)
        try await source.append([append(4, "four")])
        let theirs = append(4, "theirs")
        var watched = WatchedStore(store: target, script: CallScript { _ in nil })
        watched.beforeAppend = { [target] () async throws(StorageError) in
            guard try await target.load(theirs.room)?.revision == Revision(3) else { return }
            try await target.append([theirs])
        }
        let progress = try await migrate(source, watched)
        #expect(
            progress.failures.first.map(\.description)
                == ["room b: the target has changed it: at revision 4 the two are different"])
        #expect(try await target.load(room.id)?.entries.last == theirs.entries.last)
    }

    @Test func aRoomThatCannotBeReadDoesNotKeepTheOthersFromTheTarget() async throws {
        // The list, the three loads in order, and the calls of the first room.
        let script = CallScript { $0 == 3 ? .before(.corrupted) : nil }
        let progress = try await migrate(WatchedStore(store: source, script: script), target)
        #expect(progress.failures.first.map(\.description) == ["room b: the source: Not done."])
        #expect(try await target.rooms(after: nil, limit: .max).map(\.record.id.rawValue) == ["a", "c"])
    }

    /// Expects that the room alone is not copied, for a reason, and stays as it is.
    private func expectFailure(_ reason: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let before = try await target.contents(of: room.id)
        let progress = try await migrate(source, target, allowsForeignRooms: true, verifies: true)
        #expect(
            progress.failures.first.map(\.description) == ["room b: \(reason)"], sourceLocation: sourceLocation)
        #expect(progress.copied + progress.alreadyThere == 2, sourceLocation: sourceLocation)
        #expect(progress.differences.count == 1, sourceLocation: sourceLocation)
        #expect(try await target.contents(of: room.id) == before, sourceLocation: sourceLocation)
        #expect(try await target.load(RoomID("c"))?.snapshot.text == "c", sourceLocation: sourceLocation)
    }

    private func append(_ first: Int, _ payloads: String..., at time: Int64 = 5) -> RoomAppend {
        RoomAppend(
            room: room.id, first: Revision(first), payloads: payloads.map { Array($0.utf8) },
            at: Timestamp(milliseconds: time))
    }
}
