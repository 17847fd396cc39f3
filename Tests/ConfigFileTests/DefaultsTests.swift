import ConfigFile
import Foundation
import ProviderKit
import Testing

@Suite struct DefaultsTests {
    @Test func withoutAFileTheDefaultsHold() throws {
        let folder = try TemporaryFolder()
        let configuration = try loader(in: folder).load(file: nil)
        expectDefaults(configuration, folder: folder.path)
        #expect(configuration.source == nil)
        #expect(configuration.positions.isEmpty)
    }

    @Test(arguments: ["", "# Nothing but a comment.\n", "~\n", "server:\nstorage:\n  sqlite:\nlimits: {}\n", "\u{FEFF}"])
    func aFileThatSaysNothingMeansTheDefaults(_ yaml: String) throws {
        let folder = try TemporaryFolder(["config.yaml": yaml])
        let configuration = try loader(in: folder).load(file: nil)
        expectDefaults(configuration, folder: folder.path)
        #expect(configuration.source == "config.yaml")
    }

    @Test func theFileThatComesWithTheServerHasTheDefaults() throws {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized.path
        // The file is copied so that a `.env` beside it plays no part.
        let yaml = try String(contentsOfFile: "\(root)/config.yaml", encoding: .utf8)
        let folder = try TemporaryFolder(["config.yaml": yaml])
        expectDefaults(try loader(in: folder).load(file: nil), folder: folder.path)
    }

    @Test func theFileThatComesWithTheServerHasEveryKey() throws {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized.path
        let yaml = try String(contentsOfFile: "\(root)/config.yaml", encoding: .utf8)
        let folder = try TemporaryFolder(["config.yaml": yaml])
        let positions = try loader(in: folder).load(file: nil).positions
        let schema = ConfigurationSchema(catalog: TestCatalog.standard)
        for section in schema.sections {
            for option in section.options {
                #expect(positions["\(section.name).\(option.name)"] != nil, "\(section.name).\(option.name)")
            }
        }
    }

    @Test func withoutAutoTheFirstProviderOfTheCatalogIsTheDefault() throws {
        let schema = ConfigurationSchema(catalog: TestCatalog.standard)
        let conflict = try #require(schema.sections.first { $0.name == "conflict" }?.contract)
        #expect(conflict.defaultWord == "last-write-wins")
        #expect(conflict.words == ["last-write-wins"])
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
        #expect(configuration.autocomplete.name == "rules")
        #expect(configuration.autocomplete.reason == "auto: GEMINI_API_KEY is not set")
        #expect(configuration.autocompleteTimeout == .seconds(2))
        #expect(configuration.conflict.name == "last-write-wins")
    }
}
