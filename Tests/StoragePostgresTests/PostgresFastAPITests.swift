import Foundation
import ProviderKit
import TestSupport
import Testing

@testable import StoragePostgres

/// The tables of the FastAPI server, as SQLAlchemy makes them.
@Suite struct PostgresFastAPITests {
    @Test func theRoomsOfTheFastAPIServerAreRead() async throws {
        try await withDatabase(
            """
            CREATE TABLE rooms (id VARCHAR PRIMARY KEY, code TEXT, language VARCHAR, created_at TIMESTAMP, updated_at TIMESTAMPTZ);
            INSERT INTO rooms VALUES ('a', 'print(''🧵'')', 'js', '2024-01-02 03:04:05.678', '2024-01-02 03:04:06+00'),
                ('b', NULL, NULL, NULL, 'infinity')
            """
        ) { url in
            let database = try await PostgresFastAPIDatabase.open(url, setting: "--from")
            let rows = try await database.rows(limit: .max).sorted { ($0.id ?? "") < ($1.id ?? "") }
            #expect(rows.map(\.id) == ["a", "b"])
            #expect(rows.map(\.language) == ["js", nil])
            #expect(rows.map(\.createdAt) == [Timestamp(milliseconds: 1_704_164_645_678), nil])
            #expect(rows.map(\.updatedAt) == [Timestamp(milliseconds: 1_704_164_646_000), nil])
            #expect(try await database.rows(limit: 1).count == 1)
            #expect(try await database.code(of: "a") == Array("print('🧵')".utf8))
            #expect(try await database.code(of: "b") == nil)
            #expect(await failure { _ = try await database.code(of: "c") }?.code == .notFound)
            await database.close()
        }
    }

    @Test func idsAndTimesMayBeOfOtherTypes() async throws {
        let id = "3c366be2-4fdf-40be-853e-80474dc156ff"
        try await withDatabase(
            """
            CREATE TABLE rooms (id UUID PRIMARY KEY, code BYTEA, created_at DOUBLE PRECISION, updated_at BIGINT);
            INSERT INTO rooms VALUES ('\(id)', '\\x61ff'::bytea, 1.5, 1704164645678)
            """
        ) { url in
            let database = try await PostgresFastAPIDatabase.open(url, setting: "--from")
            let row = try #require(try await database.rows(limit: .max).first)
            #expect(row.id == id)
            #expect(row.createdAt == Timestamp(milliseconds: 1_500))
            #expect(row.updatedAt == Timestamp(milliseconds: 1_704_164_645_678))
            #expect(try await database.code(of: id) == [0x61, 0xFF])
            await database.close()
        }
    }

    @Test(arguments: ["", "CREATE TABLE rooms (id text, name text)", "CREATE TABLE other.rooms (id text, code text)"])
    func aDatabaseWithoutSuchATableIsTold(sql: String) async throws {
        try await withDatabase("CREATE SCHEMA other; \(sql)") { url in
            let error = await #expect(throws: ProviderStartError.self) {
                try await PostgresFastAPIDatabase.open(url, setting: "--from")
            }
            #expect(error?.message.hasPrefix("--from: the database at 127.0.0.1:") == true)
            #expect(error?.message.contains("has no table `rooms` with the columns id and code") == true)
        }
    }

    @Test func aSchemaOfTheFastAPIServerIsLeftAloneAndTheStandardOneUsed() async throws {
        try await withDatabase("CREATE TABLE rooms (id VARCHAR PRIMARY KEY, code TEXT)") { url in
            let log = Log()
            let place = try await PostgresPlace(through: url, schema: "public")
            for _ in 0..<2 {
                let store = try await place.open(context: log.context)
                #expect(try await store.rooms(after: nil, limit: 1).isEmpty)
                await store.close()
            }
            #expect(log.lines.count == 2)
            #expect(log.lines.first?.contains("rooms are kept in the schema pairloom") == true)
            let database = try await PostgresFastAPIDatabase.open(url, setting: "--from")
            #expect(try await database.rows(limit: .max).isEmpty)
            await database.close()
        }
    }

    /// Makes a database of its own on the server that all tests share.
    private func withDatabase(_ sql: String, _ body: (String) async throws -> Void) async throws {
        let server = try await PostgresServer.shared()
        let name = "fastapi" + UUID().uuidString
        _ = try await server.run("CREATE DATABASE \"\(name)\"")
        let url = server.url.replacing(/\/[^\/]*$/, with: "/\(name)")
        try await run(sql, on: url)
        try await body(url)
        _ = try await server.run("DROP DATABASE \"\(name)\" WITH (FORCE)")
    }

    private func run(_ sql: String, on url: String) async throws {
        let settings = try ConnectionSettings(url: url, connectTimeout: .seconds(5), statementTimeout: .seconds(10))
        let pool = try ConnectionPool(settings, connections: 1) { _, _ in }
        for statement in sql.split(separator: ";") where !statement.allSatisfy(\.isWhitespace) {
            try await pool.run(String(statement))
        }
        await pool.close()
    }
}
