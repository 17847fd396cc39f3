import Foundation
import TestSupport
import Testing

@Suite("The FastAPI server that came before: its database stays, its rooms come along")
struct FastAPITests {
    @Test("DATABASE_URL of the old server starts ours beside its file; the command in the log brings the rooms")
    func takesOverSQLite() async throws {
        let folder = try TemporaryFolder()
        try await makeOldFile(in: folder)
        let before = try Data(contentsOf: URL(filePath: folder.path("app.db")))
        let server = try await start(in: folder)
        let missing = try await server.http("GET", "/rooms/old-room")
        #expect(missing.status == 404)
        try await server.stop()
        let words = "stop this server and run: "
        let command = try #require(server.log.split(separator: "\n").first { $0.contains(words) })
        let line = String(command[try #require(command.firstRange(of: words)).upperBound...])
        #expect(line.contains("pairloom migrate --from-fastapi sqlite:///\(folder.path("app.db"))"))
        for _ in 1...2 {
            // As it stands in the log, in a shell that lacks the server's variables.
            let script = "pairloom() { \"$PROGRAM\" \"$@\"; }; \(line) --verify"
            let result = try await Command.run(
                URL(filePath: "/bin/bash"), ["-c", script], environment: ["PROGRAM": try Products.pairloom().path])
            #expect(result.exit == .status(0), "\(result.errors)")
        }
        let again = try await start(in: folder)
        let room = try await again.room("old-room")
        #expect(room["code"] == "print('old 🧵')")
        #expect(room["createdAt"] == "2024-01-02T03:04:05.678Z")
        #expect(!again.log.contains(words))
        try await again.stop()
        #expect(try Data(contentsOf: URL(filePath: folder.path("app.db"))) == before)
        #expect(try folder.contents().filter { $0.hasPrefix("app.") } == ["app.db", "app.pairloom.db"])
    }

    @Test("Rows that can never be copied are not told of at each start")
    func tellsNothingOfRowsThatCannotBeCopied() async throws {
        let folder = try TemporaryFolder()
        try await makeOldFile(
            in: folder,
            rows: "('', 'x', NULL), ('i' || char(0) || 'd', 'x', NULL), (CAST(x'FF' AS TEXT), 'x', NULL), "
                + "('a', CAST(x'FF' AS TEXT), NULL)")
        let server = try await start(in: folder)
        try await server.stop()
        #expect(server.log.contains("is the database of the FastAPI server"))
        #expect(!server.log.contains("are not here yet"))
    }

    @Test("The old server's tables in PostgreSQL are read, and no password is shown")
    func takesOverPostgreSQL() async throws {
        let postgres = try await PostgresServer.start()
        _ = try await postgres.run(
            """
            CREATE TABLE public.rooms (id VARCHAR PRIMARY KEY, code TEXT);
            INSERT INTO public.rooms VALUES ('old-room', 'print(1)')
            """)
        let url = "postgresql+asyncpg://pairloom:hunter2@127.0.0.1:\(postgres.port)/pairloom?ssl=prefer&pgbouncer=true"
        let folder = try TemporaryFolder()
        let server = try await start(in: folder, url: url)
        try await server.stop()
        #expect(
            server.log.contains(
                "in a shell with its DATABASE_URL run: pairloom migrate --from-fastapi storage.postgres.url --to "))
        #expect(server.log.contains("libpq does not know these parameters, which are ignored: pgbouncer"))
        #expect(!server.log.contains("hunter2"))
        for source in [url, "storage.postgres.url"] {
            let result = try await Command.run(
                Products.pairloom(),
                ["migrate", "--from-fastapi", source, "--to", folder.path("config.yaml"), "--verify"],
                environment: ["DATABASE_URL": url])
            #expect(result.exit == .status(0), "\(result.errors)")
            #expect(!(result.output + result.errors).contains("hunter2"))
        }
        // The same where libpq's own variables name the database.
        let variables = [
            "PGHOST": "127.0.0.1", "PGPORT": "\(postgres.port)", "PGUSER": "pairloom", "PGDATABASE": "pairloom",
        ]
        let other = try TemporaryFolder()
        let second = try await ServerProcess.start(
            yaml: "storage: {provider: postgres, postgres: {schema: other}}\n", in: other, environment: variables)
        try await second.stop()
        let words = "in a shell with its PG variables run: pairloom migrate --from-fastapi postgresql:// --to /"
        #expect(second.log.contains(words), "\(second.log)")
        for source in ["storage.postgres.url", "postgresql://"] {
            let result = try await Command.run(
                Products.pairloom(),
                ["migrate", "--from-fastapi", source, "--to", other.path("config.yaml"), "--verify"],
                environment: variables)
            #expect(result.exit == .status(0), "\(result.errors)")
        }
        #expect(try await postgres.run("SELECT text FROM pairloom.snapshots WHERE room = 'old-room'") == "print(1)")
    }

    @Test(
        "The command line of an import is checked",
        arguments: [
            ([], Int32(64), "name either --from or --from-fastapi"),
            (["--from", "a.yaml", "--from-fastapi", "sqlite:///b.db"], 64, "name either --from or --from-fastapi"),
            (["--from", "a.yaml"], 64, "--from needs --to"),
            (["--from-fastapi", ""], 64, "the URL is empty"),
            (["--from-fastapi", "mysql://root:hunter2@db/rooms"], 64, "mysql is no database of the FastAPI server"),
            (["--from-fastapi", "storage.postgres.url"], 64, "no setting storage.postgres.url is in force"),
            (["--from-fastapi", "sqlite:////nowhere/app.db"], 1, "there is no file /nowhere/app.db"),
            (["--from-fastapi", "sqlite://app.db"], 1, "write sqlite:///FILE"),
            (["--from-fastapi", "postgresql://ada:hunter2@127.0.0.1:1/rooms"], 1, "cannot be reached at 127.0.0.1:1"),
            (["--from-fastapi", "postgresql://ada:hunt/er2@127.0.0.1:1/rooms"], 1, "--from-fastapi has an @ or a /"),
        ])
    func checksTheCommandLine(arguments: [String], status: Int32, words: String) async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(Settings.sqlite.yaml, to: "config.yaml")
        let target = arguments.contains("--from") ? [] : ["--to", config.path]
        let result = try await Command.run(Products.pairloom(), ["migrate"] + arguments + target)
        #expect(result.exit == .status(status), "\(result.errors)")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(!result.errors.contains("hunt"))
    }

    @Test("libpq's own variables are enough for `provider: postgres`")
    func readsVariablesOfLibpq() async throws {
        let postgres = try await PostgresServer.shared()
        let folder = try TemporaryFolder()
        let config = try folder.write(
            "storage: {provider: postgres, postgres: {url: \"${DATABASE_URL:-}\", schema: \(folder.name)}}\n",
            to: "config.yaml")
        let variables = [
            "PGHOST": "127.0.0.1", "PGPORT": "\(postgres.port)", "PGUSER": "pairloom", "PGDATABASE": "pairloom",
        ]
        let result = try await Command.run(
            Products.pairloom(), ["check-config", "--probe", "--config", config.path], environment: variables)
        #expect(result.exit == .status(0), "\(result.output)\(result.errors)")
        #expect(result.output.contains("storage (postgres): works"))
    }

    @Test("A URL of a file may be its path, and another is refused; none makes a folder of its scheme")
    func understandsURLs() async throws {
        let folder = try TemporaryFolder()
        for (path, status) in [
            ("sqlite:///./app.db", Int32(0)), ("sqlite:app.db", 69), ("sqlite://app.db", 69), ("file:./app.db", 69),
            ("sqlite://", 69), ("jdbc:sqlite:///./app.db", 69), ("jdbc:sqlite:app.db", 69),
            ("sqlite:///C:/x/app.db", 69),
        ] {
            let config = try folder.write(
                "storage: {provider: sqlite, sqlite: {path: \"\(path)\"}}\n", to: "config.yaml")
            let result = try await Command.pairloom("check-config", "--probe", "--config", config.path)
            #expect(result.exit == .status(status), "\(path): \(result.output)")
        }
        #expect(try folder.contents() == ["app.db", "config.yaml"])
    }

    /// Starts a server on what `DATABASE_URL` says.
    private func start(in folder: TemporaryFolder, url: String = "sqlite:///./app.db") async throws -> ServerProcess {
        try await .start(yaml: "storage: {provider: auto}\n", in: folder, environment: ["DATABASE_URL": url])
    }

    /// The database of the old server, as Python's sqlite3 makes it.
    private func makeOldFile(
        in folder: TemporaryFolder,
        rows: String = "('old-room', 'print(''old 🧵'')', '2024-01-02 03:04:05.678000')"
    ) async throws {
        let script = """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1])
            db.execute("CREATE TABLE rooms (id VARCHAR NOT NULL, code TEXT, created_at DATETIME, PRIMARY KEY (id))")
            db.execute("INSERT INTO rooms VALUES " + sys.argv[2])
            db.commit()
            """
        let result = try await Command.run(
            URL(filePath: "/usr/bin/python3"), ["-c", script, folder.path("app.db"), rows])
        guard result.exit == .status(0) else { throw Failure(result.errors) }
    }
}
