import ProviderKit
import Testing

@testable import StoragePostgres

@Suite struct PostgresURLTests {
    @Test(arguments: [
        "postgresql://ada:secret@db.example:5433/rooms", "postgres://ada:secret@db.example:5433/rooms",
        "postgresql+psycopg2://ada:secret@db.example:5433/rooms", "POSTGRESQL://ada:secret@db.example:5433/rooms",
        "postgresql+asyncpg://ada:secret@db.example:5433/rooms", " postgresql://ada:secret@db.example:5433/rooms\n",
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
        ("", "is empty"), ("  ", "is empty"), ("mysql://ada:secret@db/rooms", "is not a URL"),
        ("host=db password=secret", "is not a URL"), ("db.example:5432/secret", "is not a URL"),
        ("postgresql://ada:sec ret@db/rooms", "is not a URL"), ("postgresql://ada:secr@et@db/rooms", "%40 for @"),
        ("postgresql://ada:secr/et@db/rooms", "%2F for /"), ("postgresql://ada:secr/e?t@db/rooms", "%2F for /"),
        ("postgresql://ada:secret/rooms", "port that is no number"),
        ("postgresql://ada:s%ZZecret@db/rooms", "cannot be understood"),
        ("postgresql://ada@db/rooms?secret=1", "cannot be understood"),
        ("postgresql://ada@db/rooms?password=secret&nonsense", "cannot be understood"),
    ])
    func aWrongURLIsToldWithoutItsPassword(text: String, reason: String) throws {
        let error = #expect(throws: ProviderStartError.self) { try PostgresURL(text) }
        let message = try #require(error?.message)
        #expect(message.contains(reason))
        #expect(message.hasPrefix("storage.postgres.url"))
        #expect(!message.contains("secr") && !message.contains("et@") && !message.contains("\n"))
        #expect(error?.isRetryable == false)
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
