import Foundation
import TestSupport
import Testing

/// What a database holds of the log of one room, read past the server.
struct StoredLog {
    /// The first and the last revision of each row, in order.
    let runs: [ClosedRange<Int>]

    /// Reads it through psql.
    static func read(_ room: String, from server: PostgresServer, schema: String = "pairloom") async throws -> Self {
        try await Self(rows: server.run(query(room, table: "\"\(schema)\".changes")))
    }

    /// Reads it from an SQLite file.
    static func read(_ room: String, from file: String) async throws -> Self {
        let program = """
            import sqlite3, sys
            for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(row[0], row[1], sep="|")
            """
        let result = try await Command.run(
            URL(filePath: "/usr/bin/python3"), ["-c", program, file, query(room, table: "changes")])
        guard result.exit == .status(0) else { throw Failure("the file cannot be read: \(result.errors)") }
        return try Self(rows: result.output)
    }

    private static func query(_ room: String, table: String) -> String {
        "SELECT first_revision, last_revision FROM \(table) WHERE room = '\(room)' ORDER BY first_revision"
    }

    private init(rows: String) throws {
        runs = try rows.split(separator: "\n").map { row in
            let ends = row.split(separator: "|").compactMap { Int($0) }
            guard ends.count == 2, ends[0] <= ends[1] else { throw Failure("no run of revisions: \(row)") }
            return ends[0]...ends[1]
        }
    }

    /// Expects every revision up to this one, each once.
    func mustHoldEachRevisionOnce(upTo revision: Int) {
        #expect(runs.flatMap(Array.init) == Array(1...revision))
    }
}
