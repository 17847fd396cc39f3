import Foundation
import GRDB
public import ProviderKit

/// A row of the table `rooms`, without its code; nil is what the table does not have, or not in a form that can be read.
public typealias FastAPIRow = (id: String?, language: String?, createdAt: Timestamp?, updatedAt: Timestamp?)

/// The rooms of the FastAPI server in an SQLite file, which is only read.
public struct SQLiteFastAPIDatabase: Sendable {
    /// The path of the file.
    public let name: String
    private let queue: DatabaseQueue
    private let table: FastAPITable

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - text: a path, or a URL as SQLAlchemy writes it.
    ///   - setting: what errors call the text.
    public static func open(
        _ text: String, setting: String
    ) async throws(ProviderStartError) -> SQLiteFastAPIDatabase {
        let path = try SQLiteLocation(text, setting: setting).path
        let file = SQLiteFile(
            path: URL(fileURLWithPath: path).standardizedFileURL.path, isShared: true, busyTimeout: .seconds(5))
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw ProviderStartError("\(setting): there is no file \(file.path)")
        }
        do {
            let queue = try DatabaseQueue(path: file.path, configuration: .reading(file.busyTimeout))
            return try await SQLiteFastAPIDatabase(name: file.path, queue: queue, table: file.table(in: queue))
        } catch let error as DatabaseError where error.isAboutUnfinishedTransaction {
            throw file.unfinishedTransaction
        } catch {
            throw file.startError(for: error)
        }
    }

    /// The URL that leads to the file that a configuration names, or its path where a URL would end before a `?` in it;
    /// nil when it names none.
    public static func url(of values: OptionValues) -> String? {
        guard let location = try? SQLiteLocation(values[SQLiteStorageProvider.path]) else { return nil }
        return location.path.contains("?") ? location.path : "sqlite:///\(location.path)"
    }

    /// The rows, in any order, at most `limit`.
    public func rows(limit: Int) async throws(StorageError) -> [FastAPIRow] {
        try await read { [table] db in
            try Row.fetchAll(db, sql: table.list, arguments: [limit]).map { row in
                (
                    id: (row[0] as Data?).flatMap { String(validating: $0, as: UTF8.self) }, language: row[1],
                    createdAt: (row[2] as Int64?).map(Timestamp.init(milliseconds:)),
                    updatedAt: (row[3] as Int64?).map(Timestamp.init(milliseconds:))
                )
            }
        }
    }

    /// The bytes of a room's code; nil when it is NULL.
    public func code(of id: String) async throws(StorageError) -> [UInt8]? {
        try await read { db in
            // A number in a column without a type equals no text; the first comparison can use an index.
            let select = try db.cachedStatement(
                sql: """
                    SELECT CAST(code AS BLOB) FROM rooms
                    WHERE id = ?1 OR typeof(id) = 'integer' AND CAST(id AS TEXT) = ?1
                    """)
            guard let row = try Row.fetchOne(select, arguments: [id]) else {
                throw StorageError(.notFound, "There is no room \(id).")
            }
            return try row.withUnsafeData(atIndex: 0) { $0.map { [UInt8]($0) } }
        }
    }

    /// Closes the file.
    public func close() async {
        try? queue.close()
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await queue.read(body)
        } catch {
            throw StorageError(error)
        }
    }
}

extension SQLiteFile {
    /// The table of the FastAPI server in the file.
    fileprivate func table(in queue: DatabaseQueue) async throws -> FastAPITable {
        try await queue.read { db in
            guard try String.fetchOne(db, sql: "PRAGMA encoding") == "UTF-8" else {
                throw ProviderStartError("\(path) does not keep its texts in UTF-8")
            }
            if let table = try FastAPITable(db) { return table }
            let names = try FastAPITable.columns(db)
            guard !names.isEmpty else {
                throw ProviderStartError("\(path) has no table `rooms`; is it the database of the FastAPI server?")
            }
            throw ProviderStartError(
                "\(path) is not the database of the FastAPI server: its table `rooms` must have the columns id and code, and "
                    + "has \(names.joined(separator: ", "))")
        }
    }
}

/// The table `rooms` of the FastAPI server.
struct FastAPITable: Sendable {
    private let columns: [String]

    /// Nil when the file has no such table.
    init?(_ db: Database) throws {
        columns = try Self.columns(db)
        guard columns.contains("id"), columns.contains("code") else { return nil }
    }

    /// The columns of the table `rooms`, in lower case; none when there is no such table.
    static func columns(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT lower(name) FROM pragma_table_info('rooms')")
    }

    /// Each room's id, language, and times in milliseconds.
    var list: String {
        """
        SELECT CASE WHEN typeof(id) IN ('text', 'integer') THEN CAST(CAST(id AS TEXT) AS BLOB) END,
            \(text("language")), \(time("created_at")), \(time("updated_at"))
        FROM rooms LIMIT ?
        """
    }

    private func text(_ column: String) -> String {
        columns.contains(column) ? "CASE typeof(\(column)) WHEN 'text' THEN \(column) END" : "NULL"
    }

    /// SQLAlchemy writes times as texts, in UTC; others as seconds or milliseconds.
    ///
    /// Ranges, since `abs` of the smallest integer is an error, which would end the whole list.
    private func time(_ column: String) -> String {
        guard columns.contains(column) else { return "NULL" }
        return """
            CASE WHEN typeof(\(column)) = 'text'
                THEN CAST(round((julianday(\(column)) - 2440587.5) * 86400000.0) AS INTEGER)
            WHEN typeof(\(column)) NOT IN ('integer', 'real') THEN NULL
            WHEN \(column) BETWEEN -99999999999 AND 99999999999 THEN CAST(round(\(column) * 1000) AS INTEGER)
            WHEN \(column) BETWEEN -1e15 AND 1e15 THEN CAST(round(\(column)) AS INTEGER) END
            """
    }
}
