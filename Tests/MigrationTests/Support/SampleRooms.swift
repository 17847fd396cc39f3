import ProviderKit
import TestSupport

/// Rooms of every age and shape, made as a server makes them.
struct SampleRooms {
    /// What became of a room.
    private struct Life {
        var changes = 0
        /// The revision of the newest snapshot.
        var snapshot = 0
        /// The newest revision whose change was dropped.
        var pruned = 0
        var payloads = 0...40
    }

    private var random: SeededGenerator
    private static let lives = [
        Life(),
        Life(changes: 1),
        Life(changes: 12),
        Life(changes: 100, snapshot: 50),
        Life(changes: 90, snapshot: 90),
        Life(changes: 80, snapshot: 70, pruned: 30),
        Life(changes: 80, snapshot: 70, pruned: 70),
        Life(changes: 40, snapshot: 40, pruned: 40),
        Life(changes: 22, snapshot: 20, payloads: 5_000...30_000),
    ]

    init(_ random: SeededGenerator) {
        self.random = random
    }

    /// Fills a store with a room of each shape, as often as told.
    mutating func fill(_ store: any RoomStore, times: Int = 1) async throws {
        for life in repeatElement(Self.lives, count: times).joined() {
            try await live(life, in: store)
        }
    }

    private mutating func live(_ life: Life, in store: any RoomStore) async throws {
        let record = RoomRecord(
            id: RoomID("room-\(random.next())"), language: "swift",
            createdAt: Timestamp(milliseconds: .random(in: 0...1_000_000_000_000, using: &random)))
        try await store.create(record, text: text())
        var newest = 0
        while newest < life.changes {
            let count = min(Int.random(in: 1...20, using: &random), life.changes - newest)
            try await extend(record, after: newest, by: count, payloads: life.payloads, in: store)
            newest += count
        }
        if life.snapshot > 0 {
            try await store.saveSnapshot(Snapshot(revision: Revision(life.snapshot), text: text()), for: record.id)
        }
        try await store.prune(record.id, through: Revision(life.pruned))
    }

    /// Adds random changes to a room.
    mutating func extend(
        _ record: RoomRecord, after revision: Int, by count: Int, payloads: ClosedRange<Int> = 0...40,
        in store: any RoomStore
    ) async throws {
        let changes = (0..<count).map { _ in payload(payloads) }
        let time = record.createdAt.milliseconds + Int64(revision + count) * 1_000
        try await store.append([
            RoomAppend(
                room: record.id, first: Revision(revision + 1), payloads: changes, at: Timestamp(milliseconds: time))
        ])
    }

    /// Lets each room go on by some changes, some of them with a new snapshot.
    mutating func moveOn(in store: any RoomStore) async throws {
        for room in try await store.rooms(after: nil, limit: .max) {
            let count = Int.random(in: 0...100, using: &random)
            guard count > 0 else { continue }
            try await extend(room.record, after: room.revision.rawValue, by: count, in: store)
            // With another snapshot, nothing would tell what a room without a log was before.
            let log = try await store.entries(of: room.record.id, in: .zero..<room.revision.next, limit: 1)
            guard Bool.random(using: &random), !log.isEmpty else { continue }
            let snapshot = room.revision.advanced(by: .random(in: 1...count, using: &random))
            try await store.saveSnapshot(Snapshot(revision: snapshot, text: text()), for: room.record.id)
        }
    }

    private mutating func payload(_ size: ClosedRange<Int>) -> [UInt8] {
        let byte = UInt8.random(in: 0...255, using: &random)
        return [UInt8](repeating: byte, count: .random(in: size, using: &random))
    }

    private mutating func text() -> String {
        String((0..<Int.random(in: 0...50, using: &random)).map { _ in "aé\n漢😀".randomElement(using: &random) ?? "a" })
    }
}
