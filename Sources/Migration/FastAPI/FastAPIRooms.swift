package import ProviderKit

/// The rooms of a FastAPI database as a store that can only be read: each at revision 0, with its newest text.
package struct FastAPIRooms: RoomStore {
    private let database: any FastAPIDatabase
    private let target: any RoomStore
    private let largestDocument: Int
    private let now: Timestamp
    private let rows: [RoomID: FastAPIRow]
    /// In the order of their bytes.
    private let ids: [RoomID]
    /// Rows that cannot become a room, each under a name that stands for it, with the reason.
    private let unusable: [RoomID: String]

    /// Lists the rooms of a database.
    ///
    /// - Parameters:
    ///   - target: the store to copy to. A room that has no date in the database keeps the one that it has there.
    ///   - largestDocument: the size of the largest text to accept, in bytes of UTF-8.
    ///   - now: when rooms without a date were created.
    ///   - limit: how many rows to list at most.
    package init(
        of database: any FastAPIDatabase, for target: any RoomStore, largestDocument: Int, now: Timestamp,
        limit: Int = .max
    ) async throws(StorageError) {
        var rows: [RoomID: FastAPIRow] = [:]
        var unusable: [RoomID: String] = [:]
        for (index, row) in try await database.rows(limit: limit).enumerated() {
            if let problem = Self.problem(ofID: row.id) {
                unusable[RoomID("(row \(index + 1) of the table)")] = problem
            } else if let id = row.id.map({ RoomID($0) }) {
                // A table without a primary key may have an id twice.
                if rows[id] == nil {
                    rows[id] = row
                } else {
                    unusable[RoomID("(row \(index + 1) of the table)")] = "Its id is that of another row: \(id)."
                }
            }
        }
        self.database = database
        self.target = target
        self.largestDocument = largestDocument
        self.now = now
        self.rows = rows
        self.unusable = unusable
        ids = (Array(rows.keys) + unusable.keys).sorted()
    }

    package func load(_ id: RoomID) async throws(StorageError) -> StoredRoom? {
        if let problem = unusable[id] { throw StorageError(.corrupted, problem) }
        guard let row = rows[id] else { return nil }
        let text: String
        do {
            text = try self.text(try await database.code(of: id.rawValue) ?? [])
        } catch {
            // Deleted since the rows were listed.
            guard error.code == .notFound else { throw error }
            return nil
        }
        let createdAt =
            if let date = row.createdAt ?? row.updatedAt { date } else {
                try await target.load(id)?.record.createdAt ?? now
            }
        let record = RoomRecord(id: id, language: Self.language(row.language), createdAt: createdAt)
        return StoredRoom(
            record: record, updatedAt: row.updatedAt ?? createdAt, snapshot: Snapshot(revision: .zero, text: text))
    }

    package func rooms(after id: RoomID?, limit: Int) async throws(StorageError) -> [RoomSummary] {
        let start = id.map { id in ids.partitioningIndex { id < $0 } } ?? 0
        return ids[start...].prefix(max(limit, 0)).map { id in
            let record = RoomRecord(
                id: id, language: Self.language(rows[id]?.language), createdAt: rows[id]?.createdAt ?? now)
            return RoomSummary(record: record, updatedAt: rows[id]?.updatedAt ?? now, revision: .zero)
        }
    }

    /// None: the old server kept no changes.
    package func entries(
        of id: RoomID, in range: Range<Revision>, limit: Int
    ) async throws(StorageError) -> [LogEntry] { [] }

    package func checkHealth() async throws(StorageError) {}

    package func close() async {
        await database.close()
    }

    // MARK: What a row may hold

    private static func problem(ofID id: String?) -> String? {
        guard let id else { return "Its id is NULL, or no text." }
        if id.isEmpty { return "Its id is empty, so nobody could open it." }
        return id.utf8.contains(0) ? "Its id has U+0000 in it, so nobody could open it." : nil
    }

    private func text(_ code: [UInt8]) throws(StorageError) -> String {
        guard code.count <= largestDocument else {
            throw StorageError(
                .corrupted,
                "Its code has \(Amounts.text(code.count)) bytes, and limits.document allows "
                    + "\(Amounts.text(largestDocument)).")
        }
        guard let text = String(validating: code, as: UTF8.self) else {
            throw StorageError(.corrupted, "Its code is not UTF-8.")
        }
        guard !code.contains(0) else { throw StorageError(.corrupted, "Its code has U+0000 in it.") }
        return text
    }

    /// The language as new rooms have it: in lower case, and Python where none is given.
    private static func language(_ text: String?) -> String {
        guard let text, !text.isEmpty, text.count <= 64, !text.utf8.contains(0) else { return "python" }
        return text.lowercased()
    }

    // MARK: Writing

    private static let readOnly = StorageError(.readOnly, "The database of the FastAPI server is only read.")

    package func create(_ room: StoredRoom) async throws(StorageError) { throw Self.readOnly }

    package func append(_ batch: [RoomAppend]) async throws(StorageError) { throw Self.readOnly }

    package func prepend(
        _ payloads: PayloadRun, to id: RoomID, from first: Revision
    ) async throws(StorageError) { throw Self.readOnly }

    package func saveSnapshot(_ snapshot: Snapshot, for id: RoomID) async throws(StorageError) {
        throw Self.readOnly
    }

    package func prune(_ id: RoomID, through revision: Revision) async throws(StorageError) { throw Self.readOnly }

    package func delete(_ id: RoomID) async throws(StorageError) { throw Self.readOnly }
}

extension [RoomID] {
    /// The index of the first element that belongs to the second part, when all of the first part come before.
    fileprivate func partitioningIndex(where isInSecondPart: (RoomID) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isInSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
