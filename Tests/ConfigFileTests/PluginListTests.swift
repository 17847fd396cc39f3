import ConfigFile
import ProviderKit
import TestSupport
import Testing

/// The key `plugins`; what is wrong with it is in `Broken`.
@Suite struct PluginListTests {
    @Test func aProviderOfAPluginIsOneLikeTheOthers() throws {
        let yaml = "storage:\n  provider: word-store\n  word-store: {most: 2KiB}\nplugins: [words.so]\n"
        let configuration = try load(yaml)
        #expect(configuration.storage.name == "word-store")
        #expect(configuration.storage.values[TestCatalog.Memory.most] == 2_048)
        #expect(configuration.catalog.storage.names == ["memory", "sqlite", "remote", "word-store"])
        #expect(configuration.plugins.first?.origin.description == "config.yaml:4:11")
    }

    @Test func aPathStartsFromTheFolderOfTheFile() throws {
        let folder = try TemporaryFolder(["etc/config.yaml": "plugins: [lib/words.so, /opt/remote.so]\n"])
        let plugins = try folder.load("etc/config.yaml").plugins
        #expect(plugins.map(\.path) == ["\(folder.path)/etc/lib/words.so", "/opt/remote.so"])
        #expect(plugins.first?.providers.storage.map(\.name) == ["word-store"])
    }

    @Test func aVariableMayBePartOfAPath() throws {
        let configuration = try load("plugins: [\"${DIR}/words.so\"]", environment: ["DIR": "/srv"])
        #expect(configuration.plugins.map(\.path) == ["/srv/words.so"])
    }

    @Test(arguments: ["plugins:\n", "plugins: []\n", ""]) func thereMayBeNone(_ yaml: String) throws {
        #expect(try load(yaml).plugins.isEmpty)
    }

    @Test func theyCanBeLoadedWithoutTheRestOfTheFile() throws {
        let folder = try TemporaryFolder(["config.yaml": "plugins: [words.so]\nserver: {port: wrong}\n"])
        let loader = ConfigurationLoader(
            catalog: TestCatalog.standard, environment: [:], currentFolder: folder.path,
            loadPlugin: TestCatalog.loadPlugin)
        let (plugins, catalog) = try loader.loadPlugins(file: nil)
        #expect(plugins.count == 1)
        #expect(catalog.storage["word-store"] != nil)
    }
}
