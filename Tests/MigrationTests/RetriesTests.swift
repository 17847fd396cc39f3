import ProviderKit
import Synchronization
import Testing

@testable import Migration

@Suite struct RetriesTests {
    @Test func pausesGrowUpToABound() async throws {
        let (pauses, tries) = await run(.unavailable)
        #expect(pauses == [100, 200, 400, 800, 1_600, 2_000, 2_000].map { .milliseconds($0) })
        #expect(tries == 8)
    }

    @Test func whatCannotSucceedLaterIsNotTriedAgain() async throws {
        let (pauses, tries) = await run(.corrupted)
        #expect(pauses.isEmpty)
        #expect(tries == 1)
    }

    private func run(_ code: StorageError.Code) async -> (pauses: [Duration], tries: Int) {
        let pauses = Recorder()
        let retries = Retries(limit: 8) { pauses.add($0) }
        var tries = 0
        await #expect(throws: StoreFailure.self) {
            try await retries.run { () async throws(StoreFailure) in
                tries += 1
                throw StoreFailure(side: .target, error: StorageError(code, "Not done."))
            }
        }
        return (pauses.all, tries)
    }

    private final class Recorder: Sendable {
        private let pauses = Mutex<[Duration]>([])

        var all: [Duration] { pauses.withLock { $0 } }

        func add(_ pause: Duration) { pauses.withLock { $0.append(pause) } }
    }
}
