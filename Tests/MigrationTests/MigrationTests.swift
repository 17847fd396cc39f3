import Migration
import ProviderKit
import StorageMemory
import StorageSQLite
import TestSupport
import Testing

@Suite struct MigrationTests {
    private let source = MemoryRoomStore()
    private let target = MemoryRoomStore()

    @Test func roomsOfEveryShapeArriveAsTheyAre() async throws {
        var rooms = sampleRooms()
        try await rooms.fill(source, times: 3)
        let folder = try TemporaryFolder()
        let file = try await SQLiteStorageProvider.descriptor.make(
            OptionValues(["path": .string(folder.path("rooms.db"))]), .silent)
        let into = try await migrate(source, file, jobs: 8, verifies: true)
        let outOf = try await migrate(file, target, jobs: 8, verifies: true)
        await file.close()
        #expect(try await target.contents() == source.contents())
        for progress in [into, outOf] {
            #expect(progress.copied == 27)
            #expect(progress.verified == 27)
            #expect(progress.failures.isEmpty && progress.differences.isEmpty)
        }
        #expect(into.changes == (1 + 12 + 100 + 90 + 50 + 10 + 0 + 22) * 3)
    }

    @Test func anEmptySourceIsCopiedAtOnce() async throws {
        let progress = try await migrate(source, target, verifies: true)
        #expect(progress.total == 0)
        #expect(progress.verified == 0)
        #expect(progress.fraction == 1)
    }

    @Test func aSecondRunFindsEverythingThere() async throws {
        var rooms = sampleRooms()
        try await rooms.fill(source)
        try await migrate(source, target)
        let before = try await target.contents()
        let progress = try await migrate(source, target)
        #expect(progress.alreadyThere == 9)
        #expect(progress.changes == 0 && progress.bytes == 0)
        #expect(try await target.contents() == before)
    }

    @Test(arguments: [CallScript.Fault.before(.closed), .after(.closed)], [1, 4])
    func whateverCallItWasEndedAtAnotherRunGoesOn(as fault: CallScript.Fault, jobs: Int) async throws {
        var rooms = sampleRooms()
        try await rooms.fill(source)
        let contents = try await source.contents()
        for last in 0... {
            let script = CallScript { $0 >= last ? fault : nil }
            let target = MemoryRoomStore()
            do {
                try await migrate(
                    WatchedStore(store: source, script: script), WatchedStore(store: target, script: script),
                    jobs: jobs)
                #expect(script.calls <= last)
                break
            } catch {
                try await migrate(source, target, jobs: jobs)
            }
            #expect(try await target.contents() == contents, "ended at call \(last)")
        }
    }

    @Test(arguments: [CallScript.Fault.before(.unavailable), .after(.unavailable)])
    func whateverCallFailsForAMomentIsMadeUpFor(as fault: CallScript.Fault) async throws {
        var rooms = sampleRooms()
        try await rooms.fill(source)
        let contents = try await source.contents()
        for failing in 0... {
            let script = CallScript { $0 == failing ? fault : nil }
            let target = MemoryRoomStore()
            let progress = try await migrate(
                WatchedStore(store: source, script: script), WatchedStore(store: target, script: script),
                verifies: true)
            #expect(progress.failures.isEmpty && progress.differences.isEmpty)
            #expect(progress.copied == 9)
            #expect(try await target.contents() == contents, "failed at call \(failing)")
            if script.calls <= failing { break }
        }
    }

    @Test func whatTheSourceHasGotSinceComesOverToo() async throws {
        var rooms = sampleRooms()
        try await rooms.fill(source)
        try await migrate(source, target)
        for _ in 0..<3 {
            try await rooms.moveOn(in: source)
            let progress = try await migrate(source, target, verifies: true)
            #expect(progress.failures.isEmpty && progress.differences.isEmpty)
            #expect(try await target.contents() == source.contents())
        }
    }

    @Test func aStoreThatGoesOnFailingStopsTheCopyAndIsNamed() async throws {
        var rooms = sampleRooms()
        try await rooms.fill(source)
        let monitor = MigrationMonitor()
        let full = WatchedStore(store: target, script: CallScript { $0 > 20 ? .before(.full) : nil })
        let error = await #expect(throws: MigrationError.self) {
            try await migrate(source, full, monitor: monitor)
        }
        #expect(error?.description == "the target: Not done.")
        let done = monitor.progress.done
        #expect(done > 0 && done < 9)
        #expect(try await target.rooms(after: nil, limit: .max).count >= done)
    }

    @Test func aStopLetsTheRoomsInHandBeDone() async throws {
        var rooms = sampleRooms()
        try await rooms.fill(source)
        let contents = try await source.contents()
        let monitor = MigrationMonitor()
        let script = CallScript { number in
            if number == 6 { monitor.stopSoon() }
            return nil
        }
        let progress = try await migrate(source, WatchedStore(store: target, script: script), monitor: monitor)
        #expect(progress.done > 0 && progress.done < 9)
        #expect(try await target.contents() == Array(contents.prefix(progress.done)))
        try await migrate(source, target)
        #expect(try await target.contents() == contents)
    }

    private func sampleRooms(for test: String = #function) -> SampleRooms {
        let random = SeededGenerator()
        print("seed of \(test): \(random.seed)")
        return SampleRooms(random)
    }
}
