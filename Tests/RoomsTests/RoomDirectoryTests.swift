import CollabText
import ConflictMerge
import ProviderKit
import Rooms
import StorageMemory
import Testing

@Suite struct RoomDirectoryTests {
    @Test func aRoomIsLoadedOnceHoweverManyJoinAtTheSameMoment() async throws {
        try await House.with { house in
            let id = try await house.makeRoom("shared")
            let members = (0..<40).map { house.makeMember(on: $0 % 2) }
            try await withThrowingDiscardingTaskGroup { group in
                for member in members { group.addTask { _ = try await house.directory.join(id, member) } }
            }
            for member in members { #expect(await member.messages(1) == ["0:shared"]) }
            #expect(house.store.loads == 1)
        }
    }

    @Test func aRoomThatDoesNotExistIsNotFound() async throws {
        try await House.with { house in
            let error = await #expect(throws: RoomError.self) { try await house.directory.describe(RoomID("nowhere")) }
            #expect(error?.code == .notFound)
            #expect(await house.directory.openCount == 0, "asking for rooms that are not there costs no memory")
        }
    }

    @Test func aFailedLoadIsTriedAgainByTheNextWhoAsks() async throws {
        try await House.with { house in
            let id = try await house.makeRoom("back")
            house.store.failLoads(true)
            let error = await #expect(throws: RoomError.self) { try await house.directory.describe(id) }
            #expect(error?.code == .storageUnavailable)
            house.store.failLoads(false)
            #expect(try await house.directory.describe(id).text == "back")
        }
    }

    @Test func anIdleRoomIsClosedWithASnapshotAndOpensAgain() async throws {
        try await House.with(directory: DirectoryOptions(idleTimeout: .seconds(60))) { house in
            let id = try await house.makeRoom()
            let member = house.makeMember()
            let room = try await house.directory.join(id, member)
            room.receive("kept", from: member)
            try await house.waitUntilSaved(1, of: id)
            house.clock.advance(by: .seconds(100))
            await house.directory.sweep()
            #expect(await house.directory.openCount == 1, "somebody is there")
            room.leave(member)
            await house.directory.sweep()
            #expect(await house.directory.openCount == 1, "it was used just now")
            house.clock.advance(by: .seconds(60))
            while await house.directory.openCount > 0 { await house.directory.sweep() }
            #expect(try await house.store.memory.load(id)?.snapshot == Snapshot(revision: Revision(1), text: "kept"))
            #expect(try await house.directory.describe(id).text == "kept")
        }
    }

    @Test func aRoomThatOpensAgainKnowsItsEditsByTheirNames() async throws {
        try await House.with(policy: MergePolicy(), directory: DirectoryOptions(idleTimeout: .seconds(60))) { house in
            let id = try await house.makeRoom()
            let member = house.makeMember()
            let room = try await house.directory.join(id, member)
            for name in 1...100 { room.receive(inserting: "x", on: name - 1, named: "\(name)", from: member) }
            try await house.waitUntilSaved(100, of: id)
            room.leave(member)
            _ = await room.describe()
            house.clock.advance(by: .seconds(100))
            while await house.directory.openCount > 0 { await house.directory.sweep() }
            #expect(try await house.store.memory.load(id)?.entries.isEmpty == true, "all is in the snapshot")
            let returned = house.makeMember(member.id, resumingAt: Revision(99))
            let again = try await house.directory.join(id, returned)
            for name in [70, 85, 100] {
                again.receive(inserting: "x", on: 100, named: "\(name)", from: returned)
                _ = await again.describe()
                #expect(returned.messages.last == "\(name):taken \(name)")
            }
            #expect(await again.describe()?.revision == Revision(100))
        }
    }

    @Test func aRoomWithUnsavedChangesStaysOpen() async throws {
        try await House.with(directory: DirectoryOptions(idleTimeout: .seconds(60))) { house in
            let id = try await house.makeRoom()
            let member = house.makeMember()
            let room = try await house.directory.join(id, member)
            house.store.script(.hold)
            room.receive("not yet", from: member)
            room.leave(member)
            await house.store.waitForHold()
            house.clock.advance(by: .seconds(100))
            await house.directory.sweep()
            #expect(await house.directory.openCount == 1)
            house.store.release()
            try await house.waitUntilSaved(1, of: id)
        }
    }

    @Test func whenAllRoomsAreInUseNoMoreAreOpened() async throws {
        try await House.with(directory: DirectoryOptions(maxOpen: 2)) { house in
            var ids: [RoomID] = []
            for _ in 0..<3 { ids.append(try await house.makeRoom()) }
            let members = (0..<3).map { _ in house.makeMember() }
            let first = try await house.directory.join(ids[0], members[0])
            _ = try await house.directory.join(ids[1], members[1])
            let error = await #expect(throws: RoomError.self) { try await house.directory.join(ids[2], members[2]) }
            #expect(error?.code == .overloaded)
            first.leave(members[0])
            _ = try await house.directory.join(ids[2], members[2])
            #expect(await house.directory.openCount == 2)
        }
    }
}
