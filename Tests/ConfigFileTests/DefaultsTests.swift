import ConfigFile
import Foundation
import ProviderKit
import TestSupport
import Testing

@Suite struct DefaultsTests {
    @Test func withoutAFileTheDefaultsHold() throws {
        let folder = try TemporaryFolder()
        let configuration = try folder.load()
        expectDefaults(configuration, folder: folder.path)
        #expect(configuration.source == nil)
        #expect(configuration.positions.isEmpty)
    }

    @Test(arguments: ["", "# A comment.\n", "~\n", "server:\nstorage:\n  sqlite:\nlimits: {}\n", "\u{FEFF}"])
    func aFileThatSaysNothingMeansTheDefaults(_ yaml: String) throws {
        let folder = try TemporaryFolder(["config.yaml": yaml])
        let configuration = try folder.load()
        expectDefaults(configuration, folder: folder.path)
        #expect(configuration.source == "config.yaml")
    }

    @Test func theFileThatComesWithTheServerHasTheDefaults() throws {
        let folder = try folderWithTheServersFile()
        expectDefaults(try folder.load(), folder: folder.path)
    }

    @Test func theFileThatComesWithTheServerHasEveryKey() throws {
        let positions = try folderWithTheServersFile().load().positions
        for section in ConfigurationSchema(catalog: TestCatalog.standard).sections {
            for option in section.options {
                #expect(positions["\(section.name).\(option.name)"] != nil, "\(section.name).\(option.name)")
            }
        }
    }

    /// The file is copied, so that a `.env` beside it plays no part.
    private func folderWithTheServersFile() throws -> TemporaryFolder {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
        let yaml = try String(contentsOf: root.appendingPathComponent("config.yaml"), encoding: .utf8)
        return try TemporaryFolder(["config.yaml": yaml])
    }

    @Test func withoutAutoTheFirstProviderOfTheCatalogIsTheDefault() throws {
        let schema = ConfigurationSchema(catalog: TestCatalog.standard)
        let conflict = try #require(schema.sections.first { $0.name == "conflict" }?.contract)
        #expect(conflict.defaultWord == "merge")
        #expect(conflict.words == ["merge", "last-write-wins"])
    }

    private func expectDefaults(_ configuration: Configuration, folder: String) {
        #expect(configuration.server == ServerSettings())
        #expect(configuration.limits == LimitSettings())
        #expect(configuration.rooms == RoomSettings())
        #expect(configuration.journal == JournalSettings())
        #expect(configuration.log == LogSettings())
        #expect(configuration.storage.name == "sqlite")
        #expect(configuration.storage.values[TestCatalog.SQLite.path] == "\(folder)/pairloom.db")
        #expect(configuration.storage.reason == "auto: DATABASE_URL is not set")
        #expect(configuration.autocomplete.map(\.name) == ["rules"])
        #expect(configuration.autocomplete.first?.reason == "auto: GEMINI_API_KEY is not set")
        #expect(configuration.suggestions == AutocompleteSettings())
        #expect(configuration.conflict.name == "merge")
    }
}
