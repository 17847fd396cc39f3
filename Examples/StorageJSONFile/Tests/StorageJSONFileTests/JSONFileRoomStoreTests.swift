import Foundation
import ProviderConformance
import ProviderKit
import Testing

@testable import StorageJSONFile

@Suite struct JSONFileRoomStoreTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: StorageConformance.clauses(persisting: true))
    func conforms(to clause: StorageConformance.Clause) async throws {
        try await clause.check { [folder] in try await open(folder.path) }
    }

    // MARK: Files

    @Test func aRoomIsAFileThatPeopleCanRead() async throws {
        let store = try await open(folder.path)
        try await store.create(record("my-room_1"), text: "print(\"a/b\", 'é')")
        try await store.append([append("my-room_1", 1)])
        #expect(try folder.contents() == [".lock", "my-room_1.json"])
        #expect(
            try folder.read("my-room_1.json") == """
                {
                  "changes" : [
                    "Y2hhbmdlIDE="
                  ],
                  "createdAt" : 1767225600000,
                  "id" : "my-room_1",
                  "language" : "python",
                  "revision" : 1,
                  "text" : "print(\\"a/b\\", 'é')",
                  "textRevision" : 0,
                  "updatedAt" : 1
                }
                """)
    }

    @Test func noIDLeadsOutOfTheFolder() async throws {
        let store = try await open(folder.path + "/rooms")
        let long = String(repeating: "x", count: 160)
        let files = [
            "": ".json", "..": "%2E%2E.json", "/etc/passwd": "%2Fetc%2Fpasswd.json", "A b": "%41%20b.json",
            "é": "%C3%A9.json", ".batch": "%2Ebatch.json", "a.json.new": "a%2Ejson%2Enew.json",
            long: long.prefix(80) + "/" + long.suffix(80) + ".json",
        ]
        for id in files.keys { try await store.create(record(id), text: id) }
        let folders = ["rooms", "rooms/.lock", "rooms/\(long.prefix(80))"]
        #expect(try folder.contents() == (files.values.map { "rooms/" + $0 } + folders).sorted())
        #expect(try await store.rooms(after: nil, limit: 99).map(\.record.id) == files.keys.map { RoomID($0) }.sorted())
        for id in files.keys { try await store.delete(RoomID(id)) }
        #expect(try folder.contents() == ["rooms", "rooms/.lock"])
    }

    @Test func anIDThatIsTooLongForAPathIsOfNoRoom() async throws {
        let store = try await open(folder.path)
        let id = String(repeating: "é", count: 5_000)
        #expect(try await store.load(RoomID(id)) == nil)
        try await store.delete(RoomID(id))
        await expect(.conflict) { try await store.append([append(id, 1)]) }
        await expect(.unavailable) { try await store.create(record(id), text: "") }
    }

    // MARK: Crashes

    @Test(arguments: 0...3)
    func aBatchThatACrashCutOffIsFinished(renamed: Int) async throws {
        let (store, before, after) = try await saveBatch()
        await store.close()
        // As it was in the middle: some files in their places, the rest beside them.
        for (index, id) in before.keys.sorted().enumerated() {
            try folder.write(after[id] ?? "", to: index < renamed ? "\(id).json" : "\(id).json.new")
            if index >= renamed { try folder.write(before[id] ?? "", to: "\(id).json") }
        }
        try folder.write(#"["a.json","b.json","c.json"]"#, to: ".batch.json")
        let again = try await open(folder.path)
        for (id, json) in after {
            #expect(try folder.read("\(id).json") == json)
            #expect(try await again.load(RoomID(id))?.revision == Revision(1))
        }
        #expect(try folder.contents() == [".lock", "a.json", "b.json", "c.json"])
    }

    @Test func aBatchThatACrashPreventedIsForgotten() async throws {
        let (store, before, after) = try await saveBatch()
        for (id, json) in before { try folder.write(json, to: "\(id).json") }
        for (id, json) in after { try folder.write(String(json.prefix(50)), to: "\(id).json.new") }
        try folder.write(#"["a.json""#, to: ".batch.json.new")
        for id in before.keys { #expect(try await store.load(RoomID(id))?.revision == .zero) }
        try await store.append(before.keys.map { append($0, 1) })
        #expect(try folder.contents() == [".lock", "a.json", "b.json", "c.json"])
    }

    /// A store with the rooms `a`, `b` and `c`, and their files before and after a batch of changes.
    private func saveBatch() async throws -> (any RoomStore, before: [String: String], after: [String: String]) {
        let store = try await open(folder.path)
        let ids = ["a", "b", "c"]
        for id in ids { try await store.create(record(id), text: id) }
        let before = try files(of: ids)
        try await store.append(ids.map { append($0, 1) })
        return (store, before, try files(of: ids))
    }

    private func files(of ids: [String]) throws -> [String: String] {
        try Dictionary(uniqueKeysWithValues: ids.map { ($0, try folder.read("\($0).json")) })
    }

    // MARK: Failures

    @Test(arguments: ["", "{", "[]", #"{"id":"b"}"#])
    func aDamagedFileHidesNoOtherRoom(content: String) async throws {
        let store = try await open(folder.path)
        for id in ["a", "secret", "z"] { try await store.create(record(id), text: id) }
        try folder.write(content, to: "secret.json")
        await expect(.corrupted) { _ = try await store.load(RoomID("secret")) }
        await expect(.corrupted) { try await store.append([append("a", 1), append("secret", 1)]) }
        #expect(try await store.rooms(after: nil, limit: 2).map(\.record.id.rawValue) == ["a", "z"])
        try await store.append([append("a", 1), append("z", 1)])
        try await store.delete(RoomID("secret"))
        try await store.create(record("secret"), text: "")
    }

    @Test(arguments: [
        (#""revision" : 2"#, #""revision" : 3"#), (#""textRevision" : 0"#, #""textRevision" : 3"#),
        (#""id" : "a""#, #""id" : "A""#), (#""revision" : 2"#, #""revision" : -1"#),
        (#""revision" : 2"#, #""revision" : 9223372036854775807"#), ("Y2hhbmdl", "?"),
    ])
    func aFileThatDoesNotGoTogetherIsDamaged(found: String, written: String) async throws {
        let store = try await open(folder.path)
        try await store.create(record("a"), text: "a")
        try await store.append([append("a", 1)])
        try await store.append([append("a", 2)])
        let json = try folder.read("a.json")
        try #require(json.contains(found))
        try folder.write(json.replacing(found, with: written), to: "a.json")
        await expect(.corrupted) { _ = try await store.load(RoomID("a")) }
    }

    @Test func whatCannotBeWrittenLeavesNothingBehind() async throws {
        let store = try await open(folder.path)
        for id in ["a", "b", "c"] { try await store.create(record(id), text: id) }
        // Nothing can be written here: to the one there is no way, on the other no space.
        for (link, code) in [("/dev/null/nowhere", StorageError.Code.unavailable), ("/dev/full", .full)] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/b.json.new", withDestinationPath: link)
            await expect(code) { try await store.append(["a", "b", "c"].map { append($0, 1) }) }
            for id in ["a", "b", "c"] { #expect(try await store.load(RoomID(id))?.revision == .zero) }
            #expect(try folder.contents() == [".lock", "a.json", "b.json", "c.json"])
        }
        try await store.append(["a", "b", "c"].map { append($0, 1) })
    }

    @Test func aFolderThatWasRemovedIsUnavailable() async throws {
        let store = try await open(folder.path)
        try await store.create(record("a"), text: "")
        try FileManager.default.moveItem(atPath: folder.path, toPath: folder.path + ".away")
        await expect(.unavailable) { _ = try await store.load(RoomID("a")) }
        await expect(.unavailable) { try await store.checkHealth() }
        try FileManager.default.moveItem(atPath: folder.path + ".away", toPath: folder.path)
        #expect(try await store.load(RoomID("a")) != nil)
    }

    @Test func aFolderThatCannotBeMadeIsToldInOneLine() async throws {
        try folder.write("", to: "file")
        for path in ["/file", "/file/rooms"] {
            let error = await #expect(throws: ProviderStartError.self) { _ = try await open(folder.path + path) }
            #expect(error?.message.contains("\n") == false)
            #expect(error?.message.hasPrefix(folder.path + path) == true, "\(String(describing: error))")
        }
    }

    // MARK: Calls

    @Test func aCallThatIsCancelledBeforeItsTurnDoesNothing() async throws {
        let store = try await open(folder.path)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await store.create(record("a"), text: "")
        }
        task.cancel()
        await expect(.cancelled) { try await task.value }
        #expect(try await store.load(RoomID("a")) == nil)
    }
}

private func open(_ path: String) async throws(ProviderStartError) -> any RoomStore {
    let values = OptionValues().setting(JSONFileStorageProvider.folder, to: path)
    return try await JSONFileStorageProvider.descriptor.make(values, .silent)
}

private func record(_ id: String) -> RoomRecord {
    RoomRecord(id: RoomID(id), language: "python", createdAt: Timestamp(milliseconds: 1_767_225_600_000))
}

private func append(_ id: String, _ revision: Int) -> RoomAppend {
    RoomAppend(
        room: RoomID(id), first: Revision(revision), payloads: [Array("change \(revision)".utf8)],
        at: Timestamp(milliseconds: Int64(revision)))
}

/// Records an issue unless a call throws an error of this code that does not tell the id of a room.
private func expect(_ code: StorageError.Code, _ call: () async throws -> Void) async {
    let error = await #expect(throws: StorageError.self) { try await call() }
    #expect(error?.code == code, "\(String(describing: error))")
    #expect(error?.message.contains("secret") == false)
}
