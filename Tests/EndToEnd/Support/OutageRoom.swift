import CollabText
import PairloomClient
import Synchronization
import TestSupport
import Testing

/// A room in which two type while something is wrong with the storage.
struct OutageRoom {
    let id: String
    let server: ServerProcess
    let ada: OutageTypist
    let bob: OutageTypist

    /// Opens a room, and closes it when `body` is done.
    static func withRoom(on server: ServerProcess, _ body: (OutageRoom) async throws -> Void) async throws {
        let id = try await server.createRoom(code: "")
        let ada = try await OutageTypist.join(id, of: server, as: "ada")
        let bob = try await OutageTypist.join(id, of: server, as: "bob")
        do {
            try await body(OutageRoom(id: id, server: server, ada: ada, bob: bob))
        } catch {
            await ada.client.close()
            await bob.client.close()
            throw error
        }
        await ada.client.close()
        await bob.client.close()
    }

    /// Lets both type so many words at once, and waits until each has seen the other's.
    func type(words count: Int) async throws {
        try await withThrowingTaskGroup { group in
            for typist in [ada, bob] { group.addTask { try await typist.type(words: count) } }
            try await group.waitForAll()
        }
        try await meet()
    }

    /// Lets both type without a pause for as long as `body` runs.
    func typing<Result>(while body: () async throws -> Result) async throws -> Result {
        let isOver = Flag()
        return try await withThrowingTaskGroup { group in
            for typist in [ada, bob] {
                group.addTask { while !isOver.isRaised.load(ordering: .relaxed) { try await typist.type(words: 1) } }
            }
            let result = try await body()
            isOver.isRaised.store(true, ordering: .relaxed)
            try await group.waitForAll()
            return result
        }
    }

    /// Waits until each has seen so many more edits of both; and for as long as a test by hand lasts.
    func waitForEdits(_ count: Int, atLeast duration: Duration = .zero) async throws {
        let end = ContinuousClock.now + duration
        repeat {
            let revision = await ada.client.revision + count
            for client in [ada.client, bob.client] { try await client.waitUntil(revision: revision) }
        } while ContinuousClock.now < end
    }

    /// Waits until both have seen everything.
    func meet() async throws {
        for client in [ada.client, bob.client] { try await client.waitUntilIdle() }
        let newest = max(await ada.client.revision, await bob.client.revision)
        for client in [ada.client, bob.client] { try await client.waitUntil(revision: newest) }
    }

    /// The newest revision of which anybody was told that it is saved.
    func saved() async -> Int {
        max(await ada.client.savedRevision, await bob.client.savedRevision)
    }

    /// Waits until both are told that everything is saved, and returns the revision.
    @discardableResult
    func waitUntilSaved() async throws -> Int {
        try await meet()
        let revision = await ada.client.revision
        for client in [ada.client, bob.client] { try await client.waitUntilSaved(revision: revision) }
        return revision
    }

    /// Expects that everyone sees the room's text, and that it holds each word once.
    func mustHoldEachWordOnce() async throws {
        let text = try await server.room(id)["code"]?.string ?? ""
        for client in [ada.client, bob.client] {
            let screen = await client.text.description
            #expect(screen == text)
        }
        let words = text.split(separator: ";").map(String.init).sorted()
        #expect(words == (ada.typed + bob.typed).sorted())
    }
}

/// Something that has happened, for whoever looks.
private final class Flag: Sendable {
    let isRaised = Atomic(false)
}
