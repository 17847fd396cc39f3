import CollabText
import ConflictMerge
import NIOCore
import ProviderKit
import Rooms
import Testing

@Suite struct RoomTests {
    @Test func whoJoinsGetsTheTextThatStands() async throws {
        try await House.with { house in
            let member = house.makeMember()
            _ = try await house.directory.join(try await house.makeRoom("hello"), member)
            #expect(await member.messages(1) == ["0:hello"])
        }
    }

    @Test(arguments: [0, 1])
    func anEditReachesEveryoneButItsAuthor(loop: Int) async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let (author, peer) = (house.makeMember(on: 0), house.makeMember(on: loop))
            let room = try await house.directory.join(id, author)
            _ = try await house.directory.join(id, peer)
            for text in ["a", "ab", "abc"] { room.receive(text, from: author) }
            #expect(await peer.messages(4) == ["0:", "1:a", "2:ab", "3:abc"])
            #expect(author.messages == ["0:"])
        }
    }

    @Test func membersOnAnyLoopSeeOneOrder() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let members = (0..<4).map { house.makeMember(on: $0 % 2) }
            var room: Room?
            for member in members { room = try await house.directory.join(id, member) }
            let shared = try #require(room)
            await withDiscardingTaskGroup { group in
                for (index, member) in members.enumerated() {
                    group.addTask { for turn in 0..<50 { shared.receive("\(index).\(turn)", from: member) } }
                }
            }
            let late = house.makeMember()
            _ = try await house.directory.join(id, late)
            let final = try #require(await late.messages(1).first)
            #expect(final.hasPrefix("200:"))
            // Everyone misses its own fifty, and gets the rest in the order of the revisions.
            for member in members {
                let revisions = await member.messages(151).dropFirst().compactMap { Int($0.prefix { $0 != ":" }) }
                #expect(revisions == revisions.sorted())
                #expect(revisions.count == 150)
            }
        }
    }

    @Test func anEchoMakesNoRevision() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let (author, echo) = (house.makeMember(), house.makeMember(on: 1))
            let room = try await house.directory.join(id, author)
            _ = try await house.directory.join(id, echo)
            room.receive("once", from: author)
            _ = await echo.messages(2)
            room.receive("once", from: echo)
            let description = await room.describe()
            #expect(description?.revision == Revision(1))
            #expect(author.messages == ["0:"])
        }
    }

    @Test func whoseTextCrossedAnothersIsSentTheRooms() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let (one, other) = (house.makeMember(), house.makeMember(on: 1))
            let room = try await house.directory.join(id, one)
            _ = try await house.directory.join(id, other)
            room.receive("other's", from: other, upTo: 0)
            room.receive("one's", from: one, upTo: 0, hasUnread: true)
            #expect(await one.messages(3) == ["0:", "1:other's", "2:one's"])
            room.receive("one's again", from: one, upTo: 2)
            #expect(await other.messages(3).last == "3:one's again")
            #expect(await room.describe()?.revision == Revision(3))
            #expect(one.messages.count == 3, "nothing of another's was missed this time")
            #expect(other.messages.count == 3, "who did not write last reads the newest text anyway")
        }
    }

    @Test func whoJoinsGetsTheTextBeforeAllThatFollows() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let (author, watcher) = (house.makeMember(), house.makeMember(on: 1))
            let room = try await house.directory.join(id, author)
            _ = try await house.directory.join(id, watcher)
            for turn in 1...50 {
                let late = house.makeMember(on: 1)
                room.receive("turn \(turn)", from: author)
                _ = try await house.directory.join(id, late)
                #expect(await late.messages(1).first == "\(turn):turn \(turn)")
            }
        }
    }

    @Test func ofTwoConnectionsOfOneClientTheNewerOneStays() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let older = house.makeMember(ClientID("one"))
            let newer = house.makeMember(ClientID("one"), on: 1)
            let newest = house.makeMember(ClientID("one"))
            _ = try await house.directory.join(id, newer)
            let late = await #expect(throws: RoomError.self) { try await house.directory.join(id, older) }
            #expect(late?.code == .resumedElsewhere)
            #expect(newer.expulsion == nil)
            let room = try await house.directory.join(id, newest)
            _ = await newer.messages(2)
            #expect(newer.expulsion?.code == .resumedElsewhere)
            room.leave(newer)
            room.receive("still here", from: newest)
            #expect(await room.describe()?.text == "still here")
        }
    }

    @Test func anEditThatWasTakenIsRecognizedThoughTheStoreIsDown() async throws {
        try await House.with(policy: MergePolicy(), journal: JournalOptions(backlog: 1, commitInterval: .zero)) {
            house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            house.store.script(.hold)
            room.receive(inserting: "x", on: 0, named: "1", from: author)
            await house.store.waitForHold()
            room.receive(inserting: "x", on: 0, named: "1", from: author)
            room.receive(inserting: "x", on: 0, named: "2", from: author)
            #expect(
                await author.messages(4).dropFirst() == ["1:taken 1", "1:taken 1", "refused:storageUnavailable"])
            house.store.release()
            try await house.waitUntilSaved(1, of: id)
        }
    }

    @Test func whoLeftIsSentNothing() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let (author, leaver) = (house.makeMember(), house.makeMember())
            let room = try await house.directory.join(id, author)
            _ = try await house.directory.join(id, leaver)
            room.leave(leaver)
            room.receive("a", from: author)
            _ = await room.describe()
            #expect(leaver.messages == ["0:"])
        }
    }

    @Test func pastTheBacklogEditsAreRefusedAndStayWithTheirAuthors() async throws {
        try await House.with(journal: JournalOptions(backlog: 1, commitInterval: .zero)) { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            house.store.script(.hold)
            room.receive("taken", from: author)
            await house.store.waitForHold()
            room.receive("refused", from: author)
            #expect(await author.messages(2).last == "refused:storageUnavailable")
            #expect(await room.describe()?.text == "taken")
            house.store.release()
            try await house.waitUntilSaved(1, of: id)
        }
    }
}
