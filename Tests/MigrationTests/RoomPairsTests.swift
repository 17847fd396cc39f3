import ProviderKit
import StorageMemory
import TestSupport
import Testing

@testable import Migration

@Suite struct RoomPairsTests {
    @Test func everyRoomOfBothSidesComesOnceAndInOrder() async throws {
        var random = SeededGenerator()
        print("seed \(random.seed)")
        for _ in 0..<100 {
            let ids = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                RoomID(String((0..<2).map { _ in "abcé".randomElement(using: &random) ?? "a" }))
            }
            let source = Set(ids.filter { _ in Bool.random(using: &random) })
            let target = Set(ids.filter { _ in Bool.random(using: &random) })
            let expected = source.union(target).sorted().map { id in
                source.contains(id) ? target.contains(id) ? "both \(id)" : "source \(id)" : "target \(id)"
            }
            let pageSize = Int.random(in: 1...5, using: &random)
            #expect(try await walk(source, target, pageSize: pageSize) == expected)
        }
    }

    private func walk(_ source: Set<RoomID>, _ target: Set<RoomID>, pageSize: Int) async throws -> [String] {
        var pairs = RoomPairs(
            try await list(.source, source, pageSize: pageSize), try await list(.target, target, pageSize: pageSize))
        var walked: [String] = []
        while let pair = try await pairs.next() {
            switch pair {
            case .source(let room): walked.append("source \(room.record.id)")
            case .target(let room): walked.append("target \(room.record.id)")
            case .both(let room, _): walked.append("both \(room.record.id)")
            }
        }
        return walked
    }

    private func list(_ side: Side, _ ids: Set<RoomID>, pageSize: Int) async throws -> RoomList {
        let store = MemoryRoomStore()
        for id in ids {
            try await store.create(
                RoomRecord(id: id, language: "swift", createdAt: Timestamp(milliseconds: 1)), text: "")
        }
        return RoomList(side, store, retries: Retries(limit: 1) { _ in }, pageSize: pageSize)
    }
}
