import CollabText
import PairloomClient
import TestSupport
import Testing

@Suite("Two servers on one database")
struct TwoServersTests {
    /// How often each of the four types.
    private static let edits: UInt16 = 60

    @Test(
        "Of two servers that write one room one wins each revision, and the other starts over from what is stored",
        .timeLimit(.minutes(5)), arguments: ["sqlite", "postgres"])
    func agreesOnEachRevision(provider: String) async throws {
        let place = try await SharedPlace(provider)
        let random = SeededGenerator()
        print("two servers on one \(provider): seed \(random.seed)")
        try await withServer(place.settings) { first in
            // Not through the gate, where each of two such tests could wait for the other.
            let second = try await ServerProcess.start(place.settings)
            let id = try await first.createRoom(code: "fn main() {}\n")
            var watchers: [BranchWatcher] = []
            for server in [first, first, second, second] { watchers.append(try await .join(id, of: server)) }
            do {
                try await type(watchers, random)
                let room = try await settle(id, on: [first, second], watchers)
                try await mustAgree(watchers, on: room)
                #expect((first.log + second.log).contains("Another process wrote a room"))
                let log = try await place.log(of: id)
                log.mustHoldEachRevisionOnce(upTo: room["revision"]?.integer ?? 0)
            } catch {
                for watcher in watchers { await watcher.client.close() }
                throw error
            }
            for watcher in watchers { await watcher.client.close() }
        }
    }

    private func type(_ watchers: [BranchWatcher], _ random: SeededGenerator) async throws {
        try await withThrowingTaskGroup { group in
            for (number, watcher) in watchers.enumerated() {
                let first = ConvergenceEdit.markers.lowerBound + UInt16(number) * Self.edits
                let seed = random.seed &+ UInt64(number)
                group.addTask { try await watcher.type(first..<(first + Self.edits), SeededGenerator(seed: seed)) }
            }
            try await group.waitForAll()
        }
    }

    /// Lets one of each server type in turn until both have the same text, and returns the room.
    ///
    /// What a server reads from the store it learns when it writes; then it gives up what it wrote, and starts over.
    private func settle(_ id: String, on servers: [ServerProcess], _ watchers: [BranchWatcher]) async throws -> JSON {
        var marker = ConvergenceEdit.markers.upperBound
        for _ in 0..<10 {
            for (server, watcher) in zip(servers, [watchers[0], watchers[3]]) {
                marker -= 1
                try await watcher.type(marker..<(marker + 1), SeededGenerator(seed: UInt64(marker)))
                try await server.waitUntilReadiness { $0.isReady && $0.unsavedBytes == 0 }
                let rooms = (try await servers[0].room(id), try await servers[1].room(id))
                if rooms.0 == rooms.1 { return rooms.0 }
            }
        }
        throw Failure("the two servers do not come to one text")
    }

    /// Waits until all see the room's text; expects that no edit is in it twice, and that nobody was told of another
    /// text that it is saved at the same revision.
    private func mustAgree(_ watchers: [BranchWatcher], on room: JSON) async throws {
        let text = room["code"]?.string ?? ""
        for watcher in watchers { try await watcher.client.wait { $0.text.description == text } }
        let markers = text.utf16.filter(ConvergenceEdit.markers.contains)
        #expect(markers.count == Set(markers).count, "an edit is in the text twice")
        let saved = Dictionary(grouping: watchers.flatMap(\.saved), by: \.key).mapValues { $0.map(\.value) }
        for (revision, texts) in saved {
            #expect(Set(texts).count == 1, "different texts were saved at revision \(revision)")
        }
        print("  \(markers.count) edits stand, \(saved.count { $1.count > 1 }) saved texts were seen by several")
    }
}

/// A place for rooms that two servers may use at once.
private struct SharedPlace {
    let settings: Settings
    private let folder: TemporaryFolder
    private let isFile: Bool

    init(_ provider: String) async throws {
        folder = try TemporaryFolder()
        isFile = provider == "sqlite"
        let options =
            isFile
            ? "{ path: \(folder.path("rooms.db")), shared: true }"
            : "{ url: \"\(try await PostgresServer.shared().url)\", schema: \(folder.name) }"
        settings = [
            "storage.provider": provider, "storage.\(provider)": options, "conflict.policy": "merge",
        ]
    }

    func log(of room: String) async throws -> StoredLog {
        guard !isFile else { return try await .read(room, from: folder.path("rooms.db")) }
        return try await .read(room, from: PostgresServer.shared(), schema: folder.name)
    }
}
