import Foundation
import TestSupport

extension Settings {
    static let memory: Settings = ["storage.provider": "memory"]

    /// Rooms in a file of the server's own folder.
    static let sqlite: Settings = ["storage.provider": "sqlite", "storage.sqlite": "{ path: rooms.db }"]

    /// Rooms in a schema of the server's own folder, on the PostgreSQL server that all tests share.
    static let postgres: Settings = [
        "storage.provider": "postgres",
        "storage.postgres": #"{ url: "${PAIRLOOM_TEST_DATABASE}", schema: "${PAIRLOOM_TEST_SCHEMA}" }"#,
    ]

    /// Where rooms are kept when a test does not say: what `PAIRLOOM_TEST_STORAGE` names, else memory.
    static let chosen = storage(ProcessInfo.processInfo.environment["PAIRLOOM_TEST_STORAGE"] ?? "memory")

    /// The same where rooms must outlive their server: SQLite in the place of memory.
    static let persistent = chosen == memory ? sqlite : chosen

    /// A storage by its name.
    static func storage(_ provider: String) -> Settings {
        [memory, sqlite, postgres].first { $0["storage.provider"] == provider } ?? ["storage.provider": provider]
    }

    /// The variables that these settings read, for a server in a folder.
    func environment(in folder: TemporaryFolder) async throws -> [String: String] {
        guard yaml.contains("${PAIRLOOM_TEST_DATABASE}") else { return [:] }
        return [
            "PAIRLOOM_TEST_DATABASE": try await PostgresServer.shared().url,
            "PAIRLOOM_TEST_SCHEMA": folder.name,
        ]
    }
}
