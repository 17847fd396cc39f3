import ProviderKit
import Testing

@testable import StoragePostgres

@Suite struct PostgresURLTests {
    @Test(arguments: [
        "postgresql://ada:secret@db.example:5433/rooms", "postgres://ada:secret@db.example:5433/rooms",
        "postgresql+psycopg2://ada:secret@db.example:5433/rooms", "POSTGRESQL://ada:secret@db.example:5433/rooms",
        "postgresql+asyncpg://ada:secret@db.example:5433/rooms", " postgresql://ada:secret@db.example:5433/rooms\n",
        "postgresql+psycopg://ada:secret@db.example:5433/rooms", "postgis://ada:secret@db.example:5433/rooms",
        "jdbc:postgresql://db.example:5433/rooms?user=ada&password=secret", "pgsql://ada:secret@db.example:5433/rooms",
    ])
    func aURLMayNameADriverToo(text: String) throws {
        let url = try PostgresURL(text)
        #expect(url.address == "db.example:5433")
        #expect(value("user", of: url) == "ada")
        #expect(value("password", of: url) == "secret")
        #expect(value("dbname", of: url) == "rooms")
    }

    @Test func specialCharactersArePercentEncoded() throws {
        let url = try PostgresURL("postgresql://a%40b:p%40%2F%3A%3F@[::1]/rooms?application_name=x&sslmode=require")
        #expect(value("user", of: url) == "a@b")
        #expect(value("password", of: url) == "p@/:?")
        #expect(value("sslmode", of: url) == "require")
        #expect(url.address == "[::1]:5432")
    }

    @Test(arguments: [
        ("postgresql://one,two:6000/rooms", "one:5432, two:6000"),
        ("postgresql://one:1,two:2/rooms", "one:1, two:2"),
        ("postgresql:///rooms?host=/run/postgresql", "/run/postgresql:5432"),
        ("postgresql://127.0.0.1", "127.0.0.1:5432"),
    ])
    func addressesAreShown(text: String, address: String) throws {
        #expect(try PostgresURL(text).address == address)
    }

    @Test(arguments: [
        ("", "is empty"), ("  ", "is empty"),
        ("mysql://ada:secret@db/rooms", "is not a URL of PostgreSQL, but one of mysql"),
        ("sqlite:///./secret.db", "but one of sqlite"), ("file:./secret.db", "but one of file"),
        ("prisma+postgres://secret@db/rooms", "but one of prisma+postgres"),
        ("host=db password=secret", "is not a URL"), ("db.example:5432/secret", "is not a URL"),
        ("\"postgresql://ada:secret@db/rooms\"", "still has its quotes"),
        ("'postgresql://ada:secret@db/rooms'", "still has its quotes"),
        ("postgresql://ada:sec ret@db/rooms", "%20 for a space"),
        ("postgresql://ada:secret@db/rooms\nX=1", "line break"),
        ("postgresql://ada:secr@et@db/rooms", "%40 for @"),
        ("postgresql://ada:secr@et@db/rooms?sslmode=x", "%40 for @"),
        ("postgresql://ada:secr/et@db/rooms", "%2F for /"), ("postgresql://ada:secr/e?t@db/rooms", "%2F for /"),
        ("postgresql://ada:12/secret@db/rooms", "%2F for /"), ("postgresql://ada:secr/e?t=@db/rooms", "%2F for /"),
        ("postgresql://ada:secret/rooms", "port that is no number"),
        ("postgresql://ada:secret@db:99999/rooms", "port that is no number"),
        ("postgresql://ada:s%ZZecret@db/rooms", "%25 for a %"), ("postgresql://ada:secret%@db/rooms", "%25 for a %"),
        ("postgresql://ada@db/rooms?password=secret&sslmode", "cannot be understood"),
        ("postgresql://ada@db/rooms?password=s%ZZecret", "cannot be understood"),
    ])
    func aWrongURLIsToldWithoutItsPassword(text: String, reason: String) throws {
        let error = #expect(throws: ProviderStartError.self) { try PostgresURL(text) }
        let message = try #require(error?.message)
        #expect(message.contains(reason))
        #expect(message.hasPrefix("storage.postgres.url"))
        #expect(!message.contains("secr") && !message.contains("et@") && !message.contains("\n"))
        #expect(error?.isRetryable == false)
    }

    @Test(arguments: [
        ("pgbouncer=true&connection_limit=1", ["pgbouncer", "connection_limit"]),
        ("sslmode=require&schema=public&&pool_timeout=0&", ["schema", "pool_timeout"]),
        ("prepared_statement_cache_size=0&schema=a&schema=b", ["prepared_statement_cache_size", "schema", "schema"]),
        ("sslmode=require&channel_binding=require&options=endpoint%3Dx&connect_timeout=10", []),
        ("application_name=a@b&sslrootcert=/etc/ca.pem", []), ("se%20cret=1&%ZZ=1", ["(unreadable)", "(unreadable)"]),
        ("pgbouncer&sslmode=require", ["pgbouncer"]), ("password=x&secret", ["(unreadable)"]),
    ])
    func parametersThatLibpqDoesNotKnowAreLeftOut(query: String, ignored: [String]) throws {
        for base in ["postgresql://ada:secret@db/rooms", "postgresql://ada:secret@db"] {
            let url = try PostgresURL("\(base)?\(query)")
            #expect(url.ignored == ignored)
            #expect(value("host", of: url) == "db")
            #expect(value("sslmode", of: url) == (query.contains("sslmode") ? "require" : nil))
        }
        let settings = try ConnectionSettings(
            url: "postgresql://ada:secret@db/rooms?\(query)", connectTimeout: .seconds(1), statementTimeout: .seconds(1)
        )
        #expect((settings.warning == nil) == ignored.isEmpty)
        for name in ignored { #expect(settings.warning?.contains(name) == true) }
        #expect(settings.warning?.contains("secret") != true && settings.warning?.contains("\n") != true)
    }

    @Test(arguments: [
        ("ssl=require", "require"), ("ssl=verify-full", "verify-full"), ("ssl=true", "require"), ("ssl=1", "require"),
        ("ssl=no-verify", "require"), ("ssl=false", "disable"), ("ssl=odd", "odd"),
        ("ssl=require&sslmode=verify-ca", "verify-ca"), ("sslmode=verify-ca&ssl=require", "verify-ca"),
    ])
    func sslIsWhatOthersCallTheMode(query: String, mode: String) throws {
        let url = try PostgresURL("postgresql+asyncpg://ada:secret@db/rooms?\(query)")
        #expect(value("sslmode", of: url) == mode)
        #expect(url.ignored.isEmpty)
    }

    @Test(arguments: ["p?ss", "p#ss", "p:ss", "p&ss", "p=ss", "p[ss]", "p+ss"])
    func otherSpecialCharactersMayStandInAPassword(password: String) throws {
        let url = try PostgresURL("postgresql://ada:\(password)@db/rooms?sslmode=require")
        #expect(value("password", of: url) == password)
        #expect(value("sslmode", of: url) == "require")
    }

    @Test func aDescriptionOfTheSettingsIsTheAddress() throws {
        let settings = try ConnectionSettings(
            url: "postgresql://ada:secret@db.example/rooms", connectTimeout: .seconds(1), statementTimeout: .seconds(1))
        #expect("\(settings)" == "db.example:5432")
    }

    private func value(_ name: String, of url: PostgresURL) -> String? {
        url.parameters.first { $0.name == name }?.value
    }
}
