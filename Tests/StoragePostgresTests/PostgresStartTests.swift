import Foundation
import ProviderKit
import TestSupport
import Testing

@testable import StoragePostgres

@Suite(.serialized) struct PostgresStartTests {
    @Test func aServerThatDoesNotRunIsTold() async throws {
        let place = try await PostgresPlace(through: "postgresql://ada:secret@127.0.0.1:1/rooms")
        let error = await refusal(place, within: .seconds(1))
        #expect(
            error?.message == "PostgreSQL cannot be reached at 127.0.0.1:1 (Connection refused); start it, or check "
                + "the host and the port in storage.postgres.url")
        #expect(error?.isRetryable == true)
    }

    @Test func aNameThatNobodyKnowsIsTold() async throws {
        let place = try await PostgresPlace(through: "postgresql://ada:secret@nowhere.invalid/rooms")
        let message = try #require(await refusal(place, within: .seconds(1))?.message)
        #expect(message.hasPrefix("PostgreSQL cannot be reached at nowhere.invalid:5432"))
        #expect(message.contains("could not translate host name"))
        #expect(!message.contains("secret"))
    }

    @Test func aServerThatStartsLaterIsWaitedFor() async throws {
        let server = try await PostgresServer.start()
        try await server.stop(.fast)
        let place = try await PostgresPlace(on: server)
        let opening = Task {
            try await place.open(patiently)
        }
        try await server.restart()
        await (try opening.value).close()
    }

    @Test func aCanceledStartEndsAtOnce() async throws {
        let place = try await PostgresPlace(through: "postgresql://127.0.0.1:1/rooms")
        let opening = Task {
            try await place.open(patiently)
        }
        opening.cancel()
        await #expect(throws: ProviderStartError.self) { try await opening.value }

        let listener = try SilentListener()
        let silent = try await PostgresPlace(through: "postgresql://127.0.0.1:\(listener.port)/rooms")
        let connecting = Task { try await silent.open(patiently) }
        try await listener.acceptOne()
        connecting.cancel()
        let error = await #expect(throws: ProviderStartError.self) { try await connecting.value }
        #expect(error?.message == "The start was interrupted")
    }

    @Test func aWrongPasswordIsTold() async throws {
        let server = try await PostgresServer.start()
        let data = try await server.run("SHOW data_directory")
        try "host all all 127.0.0.1/32 scram-sha-256\nlocal all all trust\n".write(
            toFile: data + "/pg_hba.conf", atomically: false, encoding: .utf8)
        _ = try await server.run("CREATE ROLE ada LOGIN PASSWORD 'right'; SELECT pg_reload_conf()")
        try await server.stop(.fast)
        try await server.restart()
        let address = "127.0.0.1:\(server.port)"
        let message = await refusal(
            try PostgresPlace(on: server, through: "postgresql://ada:secret@\(address)/pairloom"))?.message
        #expect(
            message == "PostgreSQL at \(address) does not accept the password; check storage.postgres.url "
                + "(28P01: password authentication failed for user \"ada\")")
        let none = await refusal(try PostgresPlace(on: server, through: "postgresql://ada@\(address)/pairloom"))?
            .message
        #expect(none?.hasSuffix("(28P01: no password supplied)") == true)
    }

    @Test(arguments: [
        ("sslmode=require", " has no TLS, which sslmode asks for; "),
        ("ssl=require", " has no TLS, which sslmode asks for; "),
        ("sslmode=foo", "storage.postgres.url has a parameter that libpq does not take (invalid sslmode value"),
        ("keepalives_idle=abc", "storage.postgres.url has a parameter that libpq does not take (invalid integer value"),
        ("target_session_attrs=read-only", "cannot be connected to in this way"),
        ("service=none", "libpq does not find the service"),
    ])
    func parametersThatDoNotFitAreToldAtOnce(query: String, words: String) async throws {
        let log = Log()
        let server = try await PostgresServer.shared()
        let place = try await PostgresPlace(through: "\(server.url)?\(query)")
        let error = await #expect(throws: ProviderStartError.self) {
            await (try place.open(context: log.context)).close()
        }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        // Nobody waits for what does not pass.
        #expect(error?.isRetryable == false)
        #expect(log.lines.isEmpty)
    }

    @Test func parametersOfOtherProgramsAreWarnedOfOnce() async throws {
        let log = Log()
        let server = try await PostgresServer.shared()
        let place = try await PostgresPlace(
            through: "\(server.url)?pgbouncer=true&connection_limit=1&schema=public&sslmode=prefer")
        await (try place.open(context: log.context)).close()
        #expect(
            log.lines == [
                "storage.postgres.url: libpq does not know these parameters, which are ignored: pgbouncer, "
                    + "connection_limit, schema; the schema is storage.postgres.schema; connections are limited by "
                    + "storage.postgres.connections"
            ])
        try await place.remove()
    }

    @Test func aDatabaseThatIsNotThereIsTold() async throws {
        let server = try await PostgresServer.shared()
        let place = try await PostgresPlace(through: "postgresql://pairloom@127.0.0.1:\(server.port)/nowhere")
        let error = await refusal(place)
        #expect(
            error?.message == "PostgreSQL at 127.0.0.1:\(server.port) does not have the database; create it, or name "
                + "another in storage.postgres.url (3D000: database \"nowhere\" does not exist)")
        #expect(error?.isRetryable == false)
    }

    @Test func aUserThatIsNotThereIsTold() async throws {
        let server = try await PostgresServer.shared()
        let place = try await PostgresPlace(through: "postgresql://nobody@127.0.0.1:\(server.port)/pairloom")
        #expect(await refusal(place)?.message.contains("does not let the user in") == true)
    }

    @Test func anotherEncodingIsTold() async throws {
        let server = try await PostgresServer.shared()
        let name = "latin" + UUID().uuidString
        _ = try await server.run("CREATE DATABASE \"\(name)\" ENCODING 'LATIN1' TEMPLATE template0")
        let place = try await PostgresPlace(through: "postgresql://pairloom@127.0.0.1:\(server.port)/\(name)")
        #expect(await refusal(place)?.message.contains("has the encoding LATIN1; create one with") == true)
        _ = try await server.run("DROP DATABASE \"\(name)\" WITH (FORCE)")
    }

    @Test func aUserWithoutRightsIsTold() async throws {
        try await withUser { place, _ in
            let error = await refusal(place)
            #expect(error?.message.contains("does not give the user the rights") == true)
            #expect(error?.message.contains("42501") == true)
        }
    }

    @Test func aUserMayUseASchemaThatItMayNotCreate() async throws {
        try await withUser { place, user in
            _ = try await place.server.run("CREATE SCHEMA \"\(place.schema)\" AUTHORIZATION \"\(user)\"")
            for _ in 0..<2 {
                let store = try await place.open()
                try await store.checkHealth()
                await store.close()
            }
            #expect(try await place.server.run("SELECT has_database_privilege('\(user)', 'pairloom', 'CREATE')") == "f")
        }
    }

    @Test func aUserThatMayOnlyReadIsTold() async throws {
        try await withUser { place, user in
            await (try PostgresPlace(schema: place.schema).open()).close()
            _ = try await place.server.run(
                """
                GRANT USAGE ON SCHEMA "\(place.schema)" TO "\(user)";
                GRANT SELECT ON ALL TABLES IN SCHEMA "\(place.schema)" TO "\(user)"
                """)
            #expect(await refusal(place)?.message.contains("does not give the user the rights") == true)
            _ = try await place.server.run("ALTER ROLE \"\(user)\" SET default_transaction_read_only = on")
            let error = await refusal(place)
            #expect(error?.message.contains("can only be read: it is a standby, or") == true)
            #expect(error?.isRetryable == true)
        }
    }

    @Test func aSchemaOfAnotherProgramIsToldAndStays() async throws {
        for table in ["rooms (theirs integer)", "format (theirs integer)"] {
            let place = try await PostgresPlace()
            _ = try await place.server.run(
                "CREATE SCHEMA \"\(place.schema)\"; CREATE TABLE \"\(place.schema)\".\(table)")
            #expect(await refusal(place)?.message.contains("has tables of another program in this schema") == true)
            let count = "SELECT count(*) FROM pg_tables WHERE schemaname = '\(place.schema)'"
            #expect(try await place.server.run(count) == "1")
            try await place.remove()
        }
    }

    @Test func aNewerFormatIsTold() async throws {
        let place = try await PostgresPlace()
        await (try place.open()).close()
        _ = try await place.server.run("UPDATE \"\(place.schema)\".format SET version = 99")
        let message = await refusal(place)?.message
        #expect(message?.contains("was written by a newer version of the server (format 99, this one knows 1)") == true)
        try await place.remove()
    }

    @Test(arguments: ["-1", "-2147483648", "NULL"]) func aFormatThatCannotBeIsTold(format: String) async throws {
        let place = try await PostgresPlace()
        await (try place.open()).close()
        let table = "\"\(place.schema)\".format"
        _ = try await place.server.run(
            "ALTER TABLE \(table) ALTER version DROP NOT NULL; UPDATE \(table) SET version = \(format)")
        #expect(await refusal(place)?.message.contains("are not as the server made them") == true)
        try await place.remove()
    }

    @Test(arguments: ["", String(repeating: "x", count: 64), "pg_mine"])
    func aSchemaThatCannotBeIsTold(schema: String) async throws {
        let place = try await PostgresPlace(schema: schema)
        #expect(await refusal(place)?.message.contains("storage.postgres.schema") == true)
    }

    @Test func anyOtherNameOfASchemaWill() async throws {
        for schema in ["Ünï \"code\" '", "select", "a.b", String(repeating: "y", count: 63)] {
            let place = try await PostgresPlace(schema: schema)
            for _ in 0..<2 { await (try place.open()).close() }
            _ = try await place.server.run("DROP SCHEMA \(Schema(schema).quotedName) CASCADE")
        }
    }

    @Test func serversThatStartAtOnceMakeTheTablesOnce() async throws {
        for _ in 0..<5 {
            let place = try await PostgresPlace()
            try await withThrowingTaskGroup(of: (any RoomStore).self) { group in
                for _ in 0..<8 { group.addTask { try await place.open() } }
                for try await store in group { await store.close() }
            }
            #expect(try await place.server.run("SELECT version FROM \"\(place.schema)\".format") == "1")
            try await place.remove()
        }
        #expect(Schema("any").migrations.count == Schema.version)
    }

    @Test func aPersonCanReadTheTables() async throws {
        let place = try await PostgresPlace()
        let store = try await place.open()
        try await store.create(.sample("a"), text: "print(1)")
        try await store.append([.sample("a", 1...2)])
        await store.close()
        #expect(
            try await place.server.run(
                "SELECT id, language, created_at AT TIME ZONE 'UTC', revision FROM \"\(place.schema)\".rooms")
                == "a|swift|1970-01-01 00:00:01|2")
        let uncommented = """
            SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
            WHERE relnamespace = '"\(place.schema)"'::regnamespace AND relkind = 'r' AND attnum > 0
                AND (col_description(attrelid, attnum) IS NULL OR obj_description(attrelid, 'pg_class') IS NULL)
            """
        #expect(try await place.server.run(uncommented) == "")
        try await place.remove()
    }

    private func patiently(_ options: OptionValues) -> OptionValues {
        options.setting(PostgresStorageProvider.connectTimeout, to: .seconds(600))
    }

    /// Why a place does not open within a time.
    private func refusal(_ place: PostgresPlace, within time: Duration = .seconds(60)) async -> ProviderStartError? {
        await #expect(throws: ProviderStartError.self) {
            await (try place.open { $0.setting(PostgresStorageProvider.connectTimeout, to: time) }).close()
        }
    }

    /// Gives a place to a body that is entered by a user without rights.
    private func withUser(_ body: (PostgresPlace, String) async throws -> Void) async throws {
        let server = try await PostgresServer.shared()
        let user = "user" + UUID().uuidString
        _ = try await server.run("CREATE ROLE \"\(user)\" LOGIN")
        let place = try await PostgresPlace(through: "postgresql://\(user)@127.0.0.1:\(server.port)/pairloom")
        try await body(place, user)
        try await place.remove()
        _ = try await server.run("DROP OWNED BY \"\(user)\"; DROP ROLE \"\(user)\"")
    }
}
