import CollabText
import ConflictMerge
import ConflictVersionChecked
import NIOCore
import ProviderKit
import Rooms
import StorageMemory
import Testing

@Suite struct JournalTests {
    private func text(of id: RoomID, in house: House) async throws -> String {
        let stored = try #require(try await house.store.memory.load(id))
        let record = stored.record
        var text = stored.snapshot.text
        for entry in stored.entries {
            text = try RoomChange(entry: entry, of: record.id).change.applied(to: text)
        }
        return text
    }

    @Test func whatGathersDuringACommitGoesOutAsOne() async throws {
        try await House.with { house in
            let ids = [try await house.makeRoom(), try await house.makeRoom()]
            let members = [house.makeMember(on: 0), house.makeMember(on: 1)]
            let first = try await house.directory.join(ids[0], members[0])
            let second = try await house.directory.join(ids[1], members[1])
            house.store.script(.hold)
            first.receive("a", from: members[0])
            await house.store.waitForHold()
            for text in ["ab", "abc"] { first.receive(text, from: members[0]) }
            for text in ["x", "xy", "xyz"] { second.receive(text, from: members[1]) }
            _ = await (first.describe(), second.describe())
            house.store.release()
            try await house.waitUntilSaved(3, of: ids[0])
            try await house.waitUntilSaved(3, of: ids[1])
            #expect(house.store.appends.map { $0.reduce(0) { $0 + $1.payloads.count } } == [1, 5])
        }
    }

    @Test func aFailingStoreIsTriedAgainAndNothingIsMissing() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            house.store.script(.fail(.unavailable), .fail(.full), .fail(.readOnly))
            room.receive("one", from: author)
            for _ in 0..<3 {
                await house.clock.waitForSleepers()
                #expect(await house.journal.checkHealth().isHealthy == false)
                room.receive("one and more", from: author)
                house.clock.advance(by: .seconds(5))
            }
            try await house.waitUntilSaved(2, of: id)
            #expect(try await text(of: id, in: house) == "one and more")
            #expect(await house.journal.checkHealth().isHealthy)
        }
    }

    @Test func aCommitWhoseAnswerWasLostIsNotDoubled() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            house.store.script(.commitThenFail)
            room.receive("once", from: author)
            await house.clock.waitForSleepers()
            house.clock.advance(by: .seconds(5))
            while await house.journal.checkHealth() != .init(problem: nil, oldestUnsaved: .zero, unsavedBytes: 0) {
                await Task.yield()
            }
            room.receive("once, twice", from: author)
            try await house.waitUntilSaved(2, of: id)
            #expect(try await text(of: id, in: house) == "once, twice")
            #expect(author.messages == ["0:"], "the room did not start over")
        }
    }

    @Test func aRoomThatAnotherProcessWroteStartsOver() async throws {
        try await House.with { house in
            let (id, other) = (try await house.makeRoom(), try await house.makeRoom())
            let (author, peer, bystander) = (house.makeMember(), house.makeMember(on: 1), house.makeMember())
            let room = try await house.directory.join(id, author)
            _ = try await house.directory.join(id, peer)
            let otherRoom = try await house.directory.join(other, bystander)
            let theirs = RoomChange(
                revision: Revision(1), author: ClientID("elsewhere"), at: Timestamp(milliseconds: 1),
                change: .difference(from: "", to: "theirs"))
            try await house.store.memory.append([
                RoomAppend(room: id, first: Revision(1), payloads: [theirs.payload], at: theirs.at)
            ])
            room.receive("mine", from: author)
            otherRoom.receive("kept", from: bystander)
            #expect(await author.messages(2).last == "1:theirs")
            #expect(await peer.messages(3).last == "1:theirs")
            room.receive("theirs and mine", from: author)
            try await house.waitUntilSaved(2, of: id)
            try await house.waitUntilSaved(1, of: other)
            #expect(try await text(of: id, in: house) == "theirs and mine")
            #expect(try await text(of: other, in: house) == "kept")
        }
    }

    @Test(arguments: [MergePolicy(), VersionCheckedPolicy()] as [any ConflictPolicy])
    func whoseEditsMeanATextThatIsNoMoreMustComeAgain(policy: any ConflictPolicy) async throws {
        try await House.with(policy: policy) { house in
            let id = try await house.makeRoom("text")
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            let theirs = RoomChange(
                revision: Revision(1), author: ClientID("elsewhere"), at: Timestamp(milliseconds: 1),
                change: .difference(from: "text", to: "their text"))
            try await house.store.memory.append([
                RoomAppend(room: id, first: Revision(1), payloads: [theirs.payload], at: theirs.at)
            ])
            room.receive(inserting: "mine ", on: 0, named: "1", from: author)
            _ = await author.messages(9)
            #expect(author.expulsion?.code == .startsOver)
            // Made on the revision 1 of a past that never was.
            room.receive(inserting: "late ", on: 1, named: "2", from: author)
            #expect(await room.describe()?.text == "their text")
            let returned = house.makeMember(author.id, resumingAt: Revision(1))
            _ = try await house.directory.join(id, returned)
            #expect(await returned.messages(1) == ["1:their text"])
        }
    }

    @Test(arguments: [StorageError.Code.corrupted, .unavailable])
    func aRoomThatCannotBeSavedHoldsNoOtherUp(code: StorageError.Code) async throws {
        try await House.with { house in
            var ids: [RoomID] = []
            for _ in 0..<5 { ids.append(try await house.makeRoom()) }
            let members = ids.map { _ in house.makeMember() }
            var rooms: [Room] = []
            for (id, member) in zip(ids, members) { rooms.append(try await house.directory.join(id, member)) }
            house.store.lock(ids[0], with: code)
            for round in 1...3 {
                for (room, member) in zip(rooms, members) { room.receive("round \(round)", from: member) }
                for room in rooms { _ = await room.describe() }
                for id in ids[1...] {
                    while try await house.store.memory.load(id)?.revision != Revision(round) {
                        house.clock.advance(by: .milliseconds(50))
                        await Task.yield()
                    }
                }
            }
            let health = await house.journal.checkHealth()
            #expect(health.problem == "Some rooms cannot be saved (1): as the test wants it")
            #expect(health.unsavedBytes > 0)
            #expect(health.oldestUnsaved > .zero)
            house.store.lock(ids[0], with: nil)
            while try await house.store.memory.load(ids[0])?.revision != Revision(3) {
                house.clock.advance(by: .milliseconds(50))
                await Task.yield()
            }
            #expect(try await text(of: ids[0], in: house) == "round 3")
            while await !house.journal.checkHealth().isHealthy { await Task.yield() }
        }
    }

    @Test func aDamagedRoomThatConflictsEndsAndHoldsNoOtherUp() async throws {
        try await House.with { house in
            let ids = [try await house.makeRoom(), try await house.makeRoom()]
            let members = [house.makeMember(), house.makeMember()]
            let damaged = try await house.directory.join(ids[0], members[0])
            let sound = try await house.directory.join(ids[1], members[1])
            try await house.store.memory.append([
                RoomAppend(room: ids[0], first: Revision(1), payloads: [[1]], at: Timestamp(milliseconds: 1))
            ])
            house.store.damageLoads()
            damaged.receive("lost", from: members[0])
            sound.receive("kept", from: members[1])
            try await house.waitUntilSaved(1, of: ids[1])
            _ = await members[0].messages(9)
            #expect(members[0].expulsion?.code == .corrupted)
            while await house.journal.checkHealth().unsavedBytes > 0 { await Task.yield() }
            #expect(await house.journal.checkHealth().isHealthy)
        }
    }

    @Test func aRoomThatIsGoneFromTheStoreSendsItsMembersAway() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            try await house.store.memory.delete(id)
            room.receive("too late", from: author)
            _ = await author.messages(2)
            #expect(author.expulsion?.code == .notFound)
            await #expect(throws: RoomError.self) { try await house.directory.describe(id) }
            let error = await #expect(throws: RoomError.self) { try await house.directory.join(id, house.makeMember()) }
            #expect(error?.code == .notFound)
        }
    }

    @Test func whatIsLoggedBeforeTheEndIsSaved() async throws {
        var saved = ""
        var id = RoomID("")
        var kept: ScriptedStore?
        try await House.with { house in
            id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            house.store.script(.hold)
            room.receive("a", from: author)
            await house.store.waitForHold()
            room.receive("ab", from: author)
            _ = await room.describe()
            house.journal.finish()
            house.store.release()
            kept = house.store
        }
        for entry in try #require(try await kept?.memory.load(id)).entries {
            saved = try RoomChange(entry: entry, of: id).change.applied(to: saved)
        }
        #expect(saved == "ab")
    }

    @Test func anEndWithoutAStoreComesInTime() async throws {
        try await House.with(journal: JournalOptions(commitInterval: .zero, drainTimeout: .seconds(1))) { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            house.store.script(.fail(.unavailable), .fail(.unavailable), .fail(.unavailable), .fail(.unavailable))
            room.receive("lost", from: author)
            await house.clock.waitForSleepers()
            house.journal.finish()
            house.clock.advance(by: .seconds(2))
            // The test ends because the journal gave up; what it could not save, the health still tells.
            while await house.journal.checkHealth().isHealthy { await Task.yield() }
            #expect(await house.journal.checkHealth().unsavedBytes > 0)
        }
    }

    @Test func aSnapshotIsKeptAfterSoManyChanges() async throws {
        try await House.with(journal: JournalOptions(snapshotEvery: 3, commitInterval: .zero)) { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            for count in 1...7 {
                room.receive(String(repeating: "x", count: count), from: author)
                try await house.waitUntilSaved(count, of: id)
            }
            while try await house.store.memory.load(id)?.snapshot.revision != Revision(6) { await Task.yield() }
            #expect(try await house.store.memory.load(id)?.snapshot.text == "xxxxxx")
        }
    }

    @Test(arguments: [(keep: 0, oldest: 1), (keep: 300, oldest: 401), (keep: 1, oldest: 445)])
    func ofOldChangesAsManyAreKeptAsWanted(keep: Int, oldest: Int) async throws {
        let options = JournalOptions(snapshotEvery: 100, keepChanges: keep, commitInterval: .zero)
        try await House.with(journal: options) { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            for count in 1...7 {
                for part in 1...100 { room.receive("\(count) \(part)", from: author) }
                try await house.waitUntilSaved(count * 100, of: id)
                while try await house.store.memory.load(id)?.snapshot.revision != Revision(count * 100) {
                    await Task.yield()
                }
            }
            while true {
                let entries = try await house.store.memory.entries(of: id, in: .zero..<Revision(.max), limit: .max)
                if entries.first?.revision == Revision(oldest) { break }
                await Task.yield()
            }
        }
    }

    @Test func whatGatheredWhileTheStoreWasDownGoesOutInParts() async throws {
        try await House.with { house in
            let ids = [try await house.makeRoom(), try await house.makeRoom()]
            let members = [house.makeMember(), house.makeMember()]
            let rooms = [
                try await house.directory.join(ids[0], members[0]), try await house.directory.join(ids[1], members[1]),
            ]
            house.store.script(.hold)
            rooms[0].receive("first", from: members[0])
            await house.store.waitForHold()
            for count in 0..<12 {
                let text = String(repeating: Character(UnicodeScalar(UInt8(65 + count))), count: 1 << 20)
                for (room, member) in zip(rooms, members) { room.receive(text, from: member) }
            }
            for room in rooms { _ = await room.describe() }
            house.store.release()
            try await house.waitUntilSaved(13, of: ids[0])
            try await house.waitUntilSaved(12, of: ids[1])
            let sizes = house.store.appends.map { $0.reduce(0) { $0 + $1.payloads.framed.count } }
            #expect(sizes.reduce(0, +) > 24 << 20)
            #expect(sizes.allSatisfy { $0 < 6 << 20 }, "\(sizes)")
            for id in ids { #expect(try await text(of: id, in: house) == String(repeating: "L", count: 1 << 20)) }
        }
    }

    @Test func underLoadCommitsKeepTheirDistance() async throws {
        try await House.with(journal: JournalOptions(commitInterval: .milliseconds(10))) { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            room.receive("a", from: author)
            await house.clock.waitForSleepers()
            for text in ["ab", "abc", "abcd"] { room.receive(text, from: author) }
            _ = await room.describe()
            #expect(house.store.appends.count == 1)
            house.clock.advance(by: .milliseconds(10))
            try await house.waitUntilSaved(4, of: id)
            #expect(house.store.appends.count == 2)
        }
    }
}
