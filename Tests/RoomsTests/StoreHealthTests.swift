import ProviderKit
import Rooms
import Testing

@Suite struct StoreHealthTests {
    @Test func theOldestUnsavedChangeHasItsTrueAge() async throws {
        try await House.with { house in
            let id = try await house.makeRoom()
            let author = house.makeMember()
            let room = try await house.directory.join(id, author)
            house.store.script(.hold, .fail(.unavailable), .hold)
            room.receive("a", from: author)
            await house.store.waitForHold()
            house.clock.advance(by: .seconds(3))
            #expect(await house.journal.checkHealth().oldestUnsaved == .seconds(3))
            // Made while the first commit is under way: it has its own age once that is done.
            room.receive("ab", from: author)
            _ = await room.describe()
            house.clock.advance(by: .seconds(4))
            house.store.release()
            while await house.journal.checkHealth().isHealthy { await Task.yield() }
            await house.clock.waitForSleepers()
            let health = await house.journal.checkHealth()
            #expect(health.oldestUnsaved == .seconds(4))
            #expect(health.problem == "as the test wants it")
            house.clock.advance(by: .seconds(5))
            await house.store.waitForHold()
            #expect(await house.journal.checkHealth().oldestUnsaved == .seconds(9))
            house.store.release()
            try await house.waitUntilSaved(2, of: id)
            while await house.journal.checkHealth() != StoreHealth(problem: nil, oldestUnsaved: .zero, unsavedBytes: 0)
            {
                await Task.yield()
            }
        }
    }

    @Test func aStoreThatDoesNotAnswerIsNotHealthyAndHoldsNobodyUp() async throws {
        try await House.with { house in
            house.store.beSilent(true)
            async let first = house.journal.checkHealth()
            async let second = house.journal.checkHealth()
            await house.clock.waitForSleepers(2)
            house.clock.advance(by: .seconds(2))
            #expect(await [first, second].map(\.isHealthy) == [false, false])
            house.store.beSilent(false)
            while await house.journal.checkHealth().isHealthy == false { house.clock.advance(by: .seconds(1)) }
        }
    }
}
