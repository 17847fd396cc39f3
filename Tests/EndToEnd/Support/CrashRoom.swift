import CollabText
import Glibc
import PairloomClient
import Synchronization
import TestSupport
import Testing

/// A room in which people type at random while its server is killed and started again, again and again.
struct CrashRoom {
    let id: String
    let seed: UInt64
    private let settings: Settings
    private var typists: [CrashTypist] = []

    /// How often each types between two deaths.
    private static let editsPerLife = 60

    /// Opens a room and lets everyone in, for as long as `body` runs.
    static func withRoom(
        on server: ServerProcess, _ settings: Settings, typists: Int, seed: UInt64,
        _ body: (CrashRoom) async throws -> Void
    ) async throws {
        let id = try await server.createRoom(code: "fn main() {}\n😀\n")
        var room = CrashRoom(id: id, seed: seed, settings: settings)
        do {
            for _ in 0..<typists { room.typists.append(try await .join(id, of: server)) }
            try await body(room)
        } catch {
            await room.close()
            throw error
        }
        await room.close()
    }

    private init(id: String, seed: UInt64, settings: Settings) {
        self.id = id
        self.seed = seed
        self.settings = settings
    }

    private func close() async {
        for typist in typists { await typist.client.close() }
    }

    // MARK: A life

    /// Lets everyone type, kills the server at a random edit, and starts it again.
    ///
    /// - Returns: the new server, once it has acknowledged everything.
    func type(through life: Int, of server: ServerProcess) async throws -> ServerProcess {
        var random = SeededGenerator(seed: seed &+ UInt64(life))
        let edits = typists.count * Self.editsPerLife
        let fuse = Fuse(length: .random(in: 1...edits, using: &random))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for number in typists.indices { group.addTask { try await type(number, in: life, of: server, fuse) } }
            let next = try await replace(server)
            try await group.waitForAll()
            return next
        }
    }

    /// Types without waiting for anyone, but now and then for the server, and sometimes without a connection.
    private func type(_ number: Int, in life: Int, of server: ServerProcess, _ fuse: Fuse) async throws {
        let client = typists[number].client
        let first = (life * typists.count + number) * Self.editsPerLife
        var random = SeededGenerator(seed: seed &+ UInt64(first))
        for edit in first..<(first + Self.editsPerLife) {
            let marker = ConvergenceEdit.markers.lowerBound + UInt16(edit)
            try await typists[number].type(ConvergenceEdit(marker: marker, seed: random.next()))
            if fuse.burn() { try await kill(server, typist: client, &random) }
            switch Int.random(in: 0..<40, using: &random) {
            case 0: await client.dropConnection()
            case 1..<30: try await client.waitUntilIdle()
            default: for _ in 0..<Int.random(in: 0...20, using: &random) { await Task.yield() }
            }
        }
        try await client.waitUntilIdle()
    }

    /// Kills the server: at once, or a moment after the last who typed has lost the connection. Then that edit may be saved
    /// though nobody was told.
    private func kill(
        _ server: ServerProcess, typist: PairloomClient, _ random: inout SeededGenerator
    ) async throws {
        if Bool.random(using: &random) {
            await typist.dropConnection()
            for _ in 0..<Int.random(in: 0...20, using: &random) { try await server.mustAnswer() }
        }
        server.send(SIGKILL)
    }

    /// Waits until the server is dead and everyone knows it, and starts the next one.
    private func replace(_ server: ServerProcess) async throws -> ServerProcess {
        let exit = try await server.exit()
        #expect(exit == .signal(SIGKILL))
        for typist in typists { try await typist.client.wait { !$0.isJoined } }
        let saved = typists.map(\.notes.saved).max() ?? 0
        for typist in typists { typist.closeChapter() }
        let next = try await ServerProcess.start(settings, in: server.folder, port: server.port)
        for typist in typists { try await typist.client.wait { $0.isJoined } }
        // Whoever was the first to be welcomed came before any new edit.
        let first = try #require(typists.compactMap(\.notes.firstRevision).min())
        #expect(first >= saved, "the room came back at revision \(first), and \(saved) was told to be saved")
        return next
    }

    // MARK: Afterwards

    /// Expects that everyone sees the room's text, that what had to be kept is in it once, and nothing is twice.
    func mustBeWhole(on server: ServerProcess) async throws {
        let room = try await settledRoom(on: server)
        let text = room["code"]?.string ?? ""
        for typist in typists {
            let screen = await typist.client.text.description
            #expect(screen == text)
        }
        let markers = text.utf16.filter(ConvergenceEdit.markers.contains)
        #expect(markers.count == Set(markers).count, "an edit is in the text twice")
        let certain = typists.reduce(into: Set()) { $0.formUnion($1.notes.certain) }
        #expect(certain.subtracting(markers).isEmpty, "an edit that was kept is not in the text")
        let doubtful = typists.reduce(into: Set()) { $0.formUnion($1.notes.doubtful) }
        #expect(Set(markers).subtracting(certain).isSubset(of: doubtful))
        print(
            "  \(certain.count) edits kept, \(doubtful.count) not said to be saved, revision \(room["revision"]?.integer ?? -1)"
        )
    }

    /// The room, once everyone has been told that everything is saved.
    private func settledRoom(on server: ServerProcess) async throws -> JSON {
        for typist in typists {
            try await typist.client.wait { $0.isIdle && $0.savedRevision >= $0.revision }
        }
        let room = try await server.room(id)
        for typist in typists { try await typist.client.waitUntil(revision: room["revision"]?.integer ?? 0) }
        return room
    }

    /// Expects that the text outlives its server once all of it is said to be saved.
    func mustOutlive(_ server: ServerProcess) async throws {
        let before = try await settledRoom(on: server)
        server.send(SIGKILL)
        let next = try await replace(server)
        let after = try await next.room(id)
        #expect(after == before)
    }
}

/// Tells one of many that it is the one after whose turn it happens.
private final class Fuse: Sendable {
    private let rest: Atomic<Int>

    init(length: Int) {
        rest = Atomic(length)
    }

    func burn() -> Bool {
        rest.subtract(1, ordering: .relaxed).newValue == 0
    }
}
