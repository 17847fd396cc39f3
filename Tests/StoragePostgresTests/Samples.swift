import ProviderKit
import Testing

@testable import StoragePostgres

extension RoomRecord {
    static func sample(_ id: String) -> RoomRecord {
        RoomRecord(id: RoomID(id), language: "swift", createdAt: Timestamp(milliseconds: 1_000))
    }
}

extension RoomAppend {
    /// Changes that lead to these revisions; each payload names its revision and its author.
    static func sample(_ id: String, _ revisions: ClosedRange<Int>, by author: String = "ada") -> RoomAppend {
        RoomAppend(
            room: RoomID(id), first: Revision(revisions.lowerBound),
            payloads: revisions.map { Array("\($0) by \(author)".utf8) }, at: Timestamp(milliseconds: 2_000))
    }
}

extension RoomStore {
    /// All entries that are still held.
    func allEntries(of id: String) async throws -> [LogEntry] {
        try await entries(of: RoomID(id), in: .zero..<Revision(.max), limit: .max)
    }
}

/// The error that a call of a store throws; nil when it throws none.
func failure(_ call: () async throws -> Void) async -> StorageError? {
    do {
        try await call()
        return nil
    } catch {
        return error as? StorageError
    }
}

/// Calls until the error is of this code, or there is none if it is nil: for what takes effect a little later.
func repeats(_ call: () async throws -> Void, until code: StorageError.Code?) async {
    while await failure(call)?.code != code { await Task.yield() }
}
