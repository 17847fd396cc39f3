import TestSupport
import Testing

@Suite("Outage of a disk: SQLite where nothing can be written")
struct DiskOutageTests {
    @Test(
        "On a full disk edits go on until the backlog is full; nothing is falsely said to be saved, nothing is lost",
        .timeLimit(.minutes(5)))
    func survivesFullDisks() async throws {
        let folder = try TemporaryFolder()
        let disk = try SmallDisk(in: folder)
        let settings = SmallDisk.settings.with(["conflict.policy": "merge", "journal.backlog": "64KiB"])
        try await withServer(settings, in: folder, under: disk.launcher) { server in
            try await OutageRoom.withRoom(on: server) { room in
                try await room.type(words: 20)
                try await room.waitUntilSaved()

                try disk.fill(of: server)
                let down = try await typeUntilDegraded(room)
                let saved = await room.saved()
                try await room.ada.typeUntilRefused()
                let full = try await server.waitUntilReadiness {
                    $0.oldestUnsavedMilliseconds > down.oldestUnsavedMilliseconds
                        + Int(Duration.byHand / .milliseconds(1))
                }
                #expect(!full.isReady)
                #expect(full.unsavedBytes >= 64 << 10)
                let savedMeanwhile = await room.saved()
                #expect(savedMeanwhile == saved)
                #expect(server.log.contains("No space is left"))

                try disk.free(of: server)
                let revision = try await room.waitUntilSaved()
                try await server.waitUntilReadiness(\.isReady)
                try await room.mustHoldEachWordOnce()
                try await StoredLog.read(room.id, from: disk.copyRooms(of: server))
                    .mustHoldEachRevisionOnce(upTo: revision)
            }
        }
    }

    @Test(
        "A file that can no longer be written is told in a sentence, and is written again as soon as it can be",
        .timeLimit(.minutes(5)))
    func survivesUnwritableFiles() async throws {
        let limit = FileSizeLimit()
        let settings = Settings.sqlite.with(["conflict.policy": "merge"])
        try await withServer(settings, under: FileSizeLimit.launcher) { server in
            try await OutageRoom.withRoom(on: server) { room in
                // The log that SQLite writes next must lie beyond the limit.
                while try server.folder.size(of: "rooms.db-wal") <= limit.bytes { try await room.type(words: 5) }
                try await room.waitUntilSaved()

                try await limit.set(on: server)
                _ = try await typeUntilDegraded(room)
                let saved = await room.saved()
                try await room.typing { try await room.waitForEdits(20, atLeast: .byHand) }
                let savedMeanwhile = await room.saved()
                #expect(savedMeanwhile == saved)
                #expect(server.log.contains("The file cannot be"))

                try await limit.lift(from: server)
                let revision = try await room.waitUntilSaved()
                try await server.waitUntilReadiness(\.isReady)
                try await room.mustHoldEachWordOnce()
                try await StoredLog.read(room.id, from: server.folder.path("rooms.db"))
                    .mustHoldEachRevisionOnce(upTo: revision)
            }
        }
    }

    /// Types until the server says that it cannot save; there may be some space left in the file itself.
    private func typeUntilDegraded(_ room: OutageRoom) async throws -> Readiness {
        while true {
            try await room.type(words: 5)
            let readiness = try await room.server.readiness()
            if !readiness.isReady { return readiness }
        }
    }
}
