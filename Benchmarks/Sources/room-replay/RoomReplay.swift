import CollabText
import ConflictMerge
import Foundation
import ProviderKit
import Rooms

/// Measures how many edits a second a room takes, without sockets and without a store, under the policy `merge`.
///
/// The edits are those of a real editing history, given as a file; see ``EditingHistory``.
@main
struct RoomReplay {
    private static let passes = 30
    private static let author = ClientID("0123456789ab")
    private static let start = Timestamp(milliseconds: 1_800_000_000_000)

    private let history: EditingHistory
    private let submissions: [Submission]

    static func main() {
        do {
            guard CommandLine.arguments.count == 2 else { throw ReplayError("usage: room-replay HISTORY.json") }
            print(try RoomReplay(history: EditingHistory(file: CommandLine.arguments[1])).report().json())
        } catch {
            FileHandle.standardError.write(Data("room-replay: \(error)\n".utf8))
            exit(1)
        }
    }

    /// Prepares the edits as the messages of a client would tell them: each named, and made on the newest revision.
    private init(history: EditingHistory) {
        self.history = history
        submissions = history.replacements().enumerated().map { index, replacement in
            Submission(
                id: EditID(String(index)), content: .changes([replacement]), base: .revision(Revision(index)))
        }
    }

    private func report() throws -> ReplayReport {
        // The first pass is not counted: it warms up the memory.
        _ = try secondsOfPass()
        let speeds = try (0..<Self.passes).map { _ in Double(submissions.count) / (try secondsOfPass()) }.sorted()
        return ReplayReport(
            edits: submissions.count, passes: Self.passes, slowest: speeds[0], median: speeds[speeds.count / 2],
            fastest: speeds[speeds.count - 1])
    }

    /// Plays the whole history in a new room, and checks the text that it ends with.
    private func secondsOfPass() throws -> Double {
        var room = try RoomState(
            stored: storedRoom(), policy: NamedPolicy("merge", MergePolicy()), limits: RoomLimits())
        _ = try room.join(Self.author)
        let clock = ContinuousClock()
        var refused = 0
        let duration = clock.measure {
            for submission in submissions {
                guard case .committed = room.receive(submission, from: Self.author, at: Self.start) else {
                    refused += 1
                    continue
                }
            }
        }
        guard refused == 0 else { throw ReplayError("the room did not take \(refused) edits") }
        guard room.text == TextBuffer(history.endContent) else {
            throw ReplayError("the text that the room ends with is not the history's")
        }
        return duration / .seconds(1)
    }

    private func storedRoom() -> StoredRoom {
        StoredRoom(
            record: RoomRecord(id: RoomID("replay"), language: "plaintext", createdAt: Self.start),
            updatedAt: Self.start, snapshot: Snapshot(revision: .zero, text: history.startContent))
    }
}

/// What is printed, as one JSON object; speeds are in edits a second.
private struct ReplayReport: Encodable {
    let edits: Int
    let passes: Int
    let slowest: Double
    let median: Double
    let fastest: Double

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// Why there is no result, in words for the person who asked for one.
private struct ReplayError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
