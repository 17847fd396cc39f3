import ProviderKit
import Testing

extension RoomRecord {
    static func sample(_ id: String, language: String = "swift", createdAt: Int64 = 1_000) -> RoomRecord {
        RoomRecord(id: RoomID(id), language: language, createdAt: Timestamp(milliseconds: createdAt))
    }
}

extension RoomAppend {
    /// Changes that lead to these revisions; each payload names its revision and its author.
    static func sample(_ id: String, _ revisions: ClosedRange<Int>, by author: String = "ada") -> RoomAppend {
        RoomAppend(
            room: RoomID(id), first: Revision(revisions.lowerBound),
            payloads: revisions.map { Array("\($0) by \(author)".utf8) },
            at: Timestamp(milliseconds: 1_000 + Int64(revisions.upperBound)))
    }
}

extension RoomStore {
    /// All entries that are still held.
    func allEntries(of id: String) async throws -> [LogEntry] {
        try await entries(of: RoomID(id), in: .zero..<Revision(.max), limit: .max)
    }

    /// A room that must be there.
    func loadExisting(_ id: String) async throws -> StoredRoom {
        try #require(await load(RoomID(id)))
    }
}

extension StringProtocol {
    /// Whether two texts have the same bytes; `==` would take two ways to write one letter for equal.
    func hasSameBytes(as other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}

/// Every Unicode scalar but U+0000, in order.
let allScalars: String = {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: (1...0x10FFFF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init))
    return String(text)
}()

/// Records an issue unless a call throws an error of this code, about these rooms.
func expect(
    _ code: StorageError.Code, about rooms: Set<String> = [], at location: SourceLocation = #_sourceLocation,
    _ call: () async throws -> Void
) async {
    do {
        try await call()
        Issue.record("Nothing was thrown, where .\(code) is due", sourceLocation: location)
    } catch let error as StorageError {
        #expect(error.code == code, "\(error)", sourceLocation: location)
        #expect(Set(error.rooms.map(\.rawValue)) == rooms, "\(error)", sourceLocation: location)
    } catch {
        Issue.record(error, sourceLocation: location)
    }
}
