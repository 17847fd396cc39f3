import ConfigFile
import ProviderKit
import TestSupport
import Testing

@Suite struct URLChoiceTests {
    @Test(arguments: [
        ("sqlite:///./app.db", "sqlite:////CURRENT/app.db"),
        ("sqlite:///data/app.db", "sqlite:////CURRENT/data/app.db"),
        ("sqlite:////srv//app.db", "sqlite:////srv//app.db"), (" sqlite:///app.db\n", "sqlite:////CURRENT/app.db"),
        ("sqlite+aiosqlite:///app.db?a=b/c", "sqlite+aiosqlite:////CURRENT/app.db?a=b/c"), ("sqlite://", "sqlite://"),
        ("SQLITE:///../app.db", "SQLITE:////CURRENT/../app.db"), ("sqlite:///:memory:", "sqlite:///:memory:"),
    ])
    func autoTakesTheURLOfAFileFromItsVariable(url: String, path: String) throws {
        let folder = try TemporaryFolder(["config.yaml": "storage: {provider: auto, sqlite: {path: rooms.db}}"])
        for environment in [["DATABASE_URL": url], [:]] {
            if environment.isEmpty, !url.contains("\n") { try folder.write("DATABASE_URL=\(url)\n", to: ".env") }
            guard !environment.isEmpty || !url.contains("\n") else { continue }
            let configuration = try folder.load(environment: environment, urlChoices: [choice])
            #expect(configuration.storage.name == "sqlite")
            #expect(configuration.storage.reason == "auto: DATABASE_URL is a URL of sqlite")
            let expected = path.replacing("/CURRENT", with: folder.path)
            #expect(configuration.storage.values[TestCatalog.SQLite.path] == expected)
            let setting = try #require(configuration.settings.first { $0.path == "storage.sqlite.path" })
            #expect(setting.value == .string(expected))
            #expect(setting.origin.description.hasPrefix("DATABASE_URL of "))
        }
    }

    @Test func otherURLsAndOtherChoicesStayAsTheyAre() throws {
        let folder = try TemporaryFolder(["config.yaml": "storage: {provider: sqlite, sqlite: {path: rooms.db}}"])
        let named = try folder.load(environment: ["DATABASE_URL": "sqlite:///app.db"], urlChoices: [choice])
        #expect(named.storage.values[TestCatalog.SQLite.path] == folder.path("rooms.db"))
        try folder.write("storage: {provider: auto, remote: {url: x}}\n", to: "config.yaml")
        for url in ["postgresql://db/rooms", "mysql://db/rooms", "sqlite:app.db", "file:./app.db", "sqlite"] {
            let configuration = try folder.load(
                environment: ["DATABASE_URL": url], catalog: TestCatalog.withRemote, urlChoices: [choice])
            #expect(configuration.storage.name == "remote")
        }
    }

    @Test(arguments: [
        ("sqlite:///./app.db", "sqlite:////CURRENT/app.db"), ("sqlite:////srv/app.db", "sqlite:////srv/app.db"),
        ("sqlite:///C:/x/app.db", "sqlite:///C:/x/app.db"),
        ("file:./app.db", "/CURRENT/file:./app.db"), ("postgresql://db/rooms", "/CURRENT/postgresql:/db/rooms"),
    ])
    func aURLOfAFileMayStandForAPath(text: String, path: String) throws {
        let folder = try TemporaryFolder(["config.yaml": "storage: {provider: sqlite, sqlite: {path: \"${FILE}\"}}"])
        let configuration = try folder.load(environment: ["FILE": text], urlChoices: [choice])
        #expect(
            configuration.storage.values[TestCatalog.SQLite.path] == path.replacing("/CURRENT", with: folder.path))
    }

    @Test func inAFolderWithAQuestionMarkItIsThePath() throws {
        let folder = try TemporaryFolder(["a?b/config.yaml": "storage: {provider: auto}"])
        let configuration = try folder.load(
            "a?b/config.yaml", environment: ["DATABASE_URL": "sqlite:///./app.db?x=1"], urlChoices: [choice])
        #expect(configuration.storage.values[TestCatalog.SQLite.path] == folder.path + "/a?b/app.db")
    }

    private let choice = URLChoice(schemes: ["sqlite"], provider: "sqlite", option: "path")
}
