import ProviderKit
import Testing

extension StorageConformance {
    /// Texts that a careless store changes: normalised, trimmed, cut, quoted or taken for something else.
    private static let awkwardTexts = [
        "e\u{301}", "é", "\u{FEFF}after a byte order mark", "line\r\nline\rline\n", " spaces \t\n", "'", "\"", "\\",
        "\\u0041", "%s ?1 $1 :a", "NULL", "1e3", "0012", "x'; DROP TABLE rooms; --", "👩‍👩‍👧‍👦 🇨🇭", "שלום \u{202E}abc",
        "\u{FFFE}\u{FFFF}\u{10FFFF}", "\u{1}\u{7F}\u{85}\u{2028}",
    ]

    @Sendable static func keepsAnyText(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        try await store.append([.sample("a", 1...50)])
        for (index, text) in ([allScalars] + awkwardTexts).enumerated() {
            try await store.create(.sample("room \(index)"), text: text)
            #expect(try await store.loadExisting("room \(index)").snapshot.text.hasSameBytes(as: text))
            try await store.saveSnapshot(Snapshot(revision: Revision(index + 1), text: text), for: RoomID("a"))
            #expect(try await store.loadExisting("a").snapshot.text.hasSameBytes(as: text))
        }
    }

    @Sendable static func keepsTextOfAnySize(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        try await store.append([.sample("a", 1...2)])
        let large = String(repeating: "0123456789abcde\n", count: 65_536)
        for (revision, text) in [(1, large), (2, "")] {
            try await store.create(.sample("room \(revision)"), text: text)
            #expect(try await store.loadExisting("room \(revision)").snapshot.text.hasSameBytes(as: text))
            try await store.saveSnapshot(Snapshot(revision: Revision(revision), text: text), for: RoomID("a"))
            #expect(try await store.loadExisting("a").snapshot.text.hasSameBytes(as: text))
        }
    }

    @Sendable static func keepsAnyLanguage(_ place: StoragePlace) async throws {
        let store = try await place.open()
        for (index, language) in (["", allScalars] + awkwardTexts).enumerated() {
            try await store.create(.sample("room \(index)", language: language), text: "")
            #expect(try await store.loadExisting("room \(index)").record.language.hasSameBytes(as: language))
        }
    }

    @Sendable static func keepsAnyID(_ place: StoragePlace) async throws {
        let store = try await place.open()
        let long = String(repeating: "x", count: 999)
        let ids = awkwardTexts + [long + "1", long + "2", "a", "A", "a ", "/../a", "日本", "日本\u{301}"]
        for id in ids {
            try await store.create(.sample(id), text: "text of \(id)")
        }
        try await store.append(ids.map { .sample($0, 1...2, by: $0) })
        for id in ids {
            let room = try await store.loadExisting(id)
            #expect(room.record.id.rawValue.hasSameBytes(as: id))
            #expect(room.snapshot.text.hasSameBytes(as: "text of \(id)"))
            #expect(room.entries == RoomAppend.sample(id, 1...2, by: id).entries)
        }
        #expect(try await store.rooms(after: nil, limit: 1_000).map(\.record.id) == ids.map { RoomID($0) }.sorted())
    }

    @Sendable static func keepsAnyPayload(_ place: StoragePlace) async throws {
        let store = try await place.openWithRoom()
        let everyByte = (0...255).map { UInt8($0) }
        let lengths = [0, 1, 2, 127, 128, 129, 16_383, 16_384, 0, 1 << 20, 0]
        let payloads = [everyByte, [0], [0, 0], [255]] + lengths.map { [UInt8](repeating: 0x80, count: $0) }
        let runs = [payloads] + payloads.map { [$0] }
        var next = Revision(1)
        for run in runs {
            let append = RoomAppend(room: RoomID("a"), first: next, payloads: run, at: Timestamp(milliseconds: 1))
            try await store.append([append])
            next = append.last.next
        }
        let entries = try await store.loadExisting("a").entries
        #expect(entries.map(\.revision.rawValue) == Array(1...(payloads.count * 2)))
        #expect(entries.map(\.payload) == payloads + payloads)
    }

    @Sendable static func keepsMilliseconds(_ place: StoragePlace) async throws {
        let store = try await place.open()
        // The last is the end of the year 9999.
        for time in [0, 1, 999, 1_000, 1_700_000_000_001, 1_767_225_599_999, 253_402_300_799_999] as [Int64] {
            let id = "at \(time)"
            let moment = Timestamp(milliseconds: time)
            try await store.create(.sample(id, createdAt: time), text: "")
            #expect(try await store.loadExisting(id).record.createdAt == moment)
            try await store.append([RoomAppend(room: RoomID(id), first: Revision(1), payloads: [[1]], at: moment)])
            #expect(try await store.loadExisting(id).updatedAt == moment)
            let listed = try await store.rooms(after: nil, limit: 100).filter { $0.record.id == RoomID(id) }
            #expect(listed.map(\.record.createdAt) == [moment])
            #expect(listed.map(\.updatedAt) == [moment])
        }
    }
}
