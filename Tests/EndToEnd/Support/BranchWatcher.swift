import CollabText
import PairloomClient
import TestSupport

/// A client on one of several servers, and the texts that it was told are saved.
final class BranchWatcher: Sendable {
    let client: PairloomClient
    private let diary: Diary<Notes>

    private struct Notes {
        /// The texts of the server that are not saved yet, by revision, as far as the client has seen them.
        private var seen: [Int: String] = [:]
        /// The texts that were said to be saved.
        private(set) var saved: [Int: String] = [:]

        mutating func note(_ event: ClientEvent, _ replica: Replica) {
            // A correction is what the other server wrote; then nothing counts that was not saved before.
            if case .changed(_, by: nil) = event { seen = [:] }
            // With nothing of its own on the way, a client shows the text of the server.
            if replica.isIdle { seen[replica.revision] = replica.text.description }
            if case .saved(let revision) = event { didSave(revision) }
        }

        private mutating func didSave(_ revision: Int) {
            for (earlier, text) in seen where earlier <= revision { saved[earlier] = text }
            seen = seen.filter { $0.key > revision }
        }
    }

    /// Enters a room.
    static func join(_ room: String, of server: ServerProcess) async throws -> BranchWatcher {
        let diary = Diary(Notes()) { $0.note($1, $2) }
        return BranchWatcher(try await diary.join(room, of: server), diary)
    }

    private init(_ client: PairloomClient, _ diary: Diary<Notes>) {
        self.client = client
        self.diary = diary
    }

    /// Types, and waits for the server now and then.
    func type(_ markers: Range<UInt16>, _ random: SeededGenerator) async throws {
        var random = random
        for marker in markers {
            try await client.edit(ConvergenceEdit(marker: marker, seed: random.next()).change)
            if Bool.random(using: &random) { try await client.waitUntilIdle() }
        }
        try await client.waitUntilIdle()
    }

    /// The texts that were said to be saved, by revision.
    var saved: [Int: String] { diary.notes.saved }
}
