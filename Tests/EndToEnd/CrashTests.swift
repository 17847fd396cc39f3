import Foundation
import TestSupport
import Testing

/// With `PAIRLOOM_TEST_CRASHES` the number of deaths for each storage can be raised.
@Suite("Crash: a server that is killed while people type, and started again")
struct CrashTests {
    @Test(
        "What was said to be saved is there, everyone ends with one text, and no edit is in it twice",
        .timeLimit(.minutes(10)), arguments: ["sqlite", "postgres"])
    func survivesCrashes(storage: String) async throws {
        let crashes = ProcessInfo.processInfo.environment["PAIRLOOM_TEST_CRASHES"].flatMap { Int($0) } ?? 5
        for part in stride(from: 0, to: crashes, by: 5) {
            try await survive(crashes: min(crashes - part, 5), storage)
        }
    }

    private func survive(crashes: Int, _ storage: String) async throws {
        let settings = Settings.storage(storage).with(["conflict.policy": "merge", "journal.snapshot_every": "50"])
        var random = SeededGenerator()
        print("\(crashes) crashes of a server on \(storage): seed \(random.seed)")
        let typists = Int.random(in: 2...4, using: &random)
        // Below the ports that the system gives to connections, which could take it in between.
        let port = Int.random(in: 12_000..<20_000, using: &random)
        try await withServer(settings, port: port) { server in
            try await CrashRoom.withRoom(on: server, settings, typists: typists, seed: random.seed) { room in
                var server = server
                for life in 0..<crashes {
                    server = try await room.type(through: life, of: server)
                    try await room.mustBeWhole(on: server)
                }
                try await room.mustOutlive(server)
            }
        }
    }
}
