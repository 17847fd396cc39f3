import Migration
import ProviderKit
import StorageMemory
import Testing

@Suite struct ForeignRoomsTests {
    private let source = MemoryRoomStore()
    private let target = MemoryRoomStore()

    @Test func aTargetWithOtherRoomsIsRefusedAndStaysAsItIs() async throws {
        try await create(["b", "c", "e"], in: source)
        try await create(["a", "c", "d", "f"], in: target)
        let before = try await target.contents()
        let error = await #expect(throws: MigrationError.self) { try await migrate(source, target) }
        #expect(
            error?.description == "the target holds 3 rooms that are not the source's, the first of them a")
        #expect(try await target.contents() == before)
    }

    @Test func aTargetWithAnotherRoomOfTheSameIDIsRefused() async throws {
        try await create(["a", "b"], in: source)
        try await create(["b"], in: target, language: "go")
        let error = await #expect(throws: MigrationError.self) { try await migrate(source, target) }
        #expect(error?.description == "the target holds a room that is not the source's: b")
    }

    @Test func otherRoomsThatAreAcceptedStayAsTheyAre() async throws {
        try await create(["b", "c"], in: source)
        try await create(["a", "d"], in: target)
        let before = try await target.contents()
        let progress = try await migrate(source, target, allowsForeignRooms: true, verifies: true)
        #expect(progress.differences.isEmpty)
        #expect(progress.copied == 2)
        let contents = try await target.contents()
        #expect(contents.map(\.room.record.id.rawValue) == ["a", "b", "c", "d"])
        #expect([contents.first, contents.last] == [before.first, before.last])
    }

    private func create(_ ids: [String], in store: MemoryRoomStore, language: String = "swift") async throws {
        for id in ids {
            let record = RoomRecord(id: RoomID(id), language: language, createdAt: Timestamp(milliseconds: 1))
            try await store.create(record, text: "text of \(id)")
        }
    }
}
