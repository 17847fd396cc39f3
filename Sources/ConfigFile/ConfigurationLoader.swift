import Foundation
package import ProviderKit

/// Reads `config.yaml` and `.env`, and makes a checked configuration of them.
package struct ConfigurationLoader: Sendable {
    /// The file that is read when none is named.
    package static let standardFile = "config.yaml"

    private let catalog: ProviderCatalog
    private let environment: [String: String]
    private let currentFolder: String
    private let listeningHost: String?
    private let urlChoices: [URLChoice]
    private let loadPlugin: @Sendable (String) throws(PluginProblem) -> PluginProviders

    /// - Parameters:
    ///   - catalog: the providers that come with the server.
    ///   - environment: the variables of the process; they win over those of `.env`.
    ///   - urlChoices: what `auto` chooses by the scheme of a URL.
    ///   - currentFolder: the absolute folder where files are looked for; nil for the one of the process.
    ///   - listeningHost: the address to listen on instead of `server.host`, for warnings about it.
    ///   - loadPlugin: loads a library that the file names, by its absolute path.
    package init(
        catalog: ProviderCatalog, environment: [String: String], urlChoices: [URLChoice] = [],
        currentFolder: String? = nil, listeningHost: String? = nil,
        loadPlugin: @escaping @Sendable (String) throws(PluginProblem) -> PluginProviders = Self.refusePlugins
    ) {
        self.catalog = catalog
        self.environment = environment
        self.urlChoices = urlChoices
        self.currentFolder = currentFolder ?? FileManager.default.currentDirectoryPath
        self.listeningHost = listeningHost
        self.loadPlugin = loadPlugin
    }

    /// The configuration that a file describes.
    ///
    /// - Parameter file: a file that must be there; nil for `config.yaml` in the current folder, and the built-in
    ///   defaults where there is none.
    /// - Throws: the problem that stands first in the file. YAML that cannot be read and keys that stand twice come
    ///   before all others, then a `.env` that cannot be read where it matters, then plugins that cannot be loaded, and
    ///   what is missing last.
    package func load(file: String?) throws(ConfigurationError) -> Configuration {
        let source = try read(file)
        let (plugins, catalog) = try loadPlugins(of: source)
        let schema = ConfigurationSchema(catalog: catalog)
        try source.checkVariables(of: schema, except: environment)
        var checker = ConfigurationChecker(schema: schema, reader: source.reader, listeningHost: listeningHost)
        let sections = checker.check(source.entries)
        if let problem = checker.firstProblem { throw problem }
        return Configuration(
            server: ServerSettings(sections.values(of: ServerSettings.section)),
            storage: try choice(in: "storage", of: sections),
            autocomplete: try choices(in: AutocompleteSettings.sectionName, of: sections),
            suggestions: AutocompleteSettings(sections[AutocompleteSettings.sectionName]?.values ?? OptionValues()),
            conflict: try choice(in: "conflict", of: sections),
            limits: LimitSettings(sections.values(of: LimitSettings.section)),
            rooms: RoomSettings(sections.values(of: RoomSettings.section)),
            journal: JournalSettings(sections.values(of: JournalSettings.section)),
            log: LogSettings(sections.values(of: LogSettings.section)), settings: checker.settings,
            warnings: checker.warnings, plugins: plugins, catalog: catalog, source: source.name,
            positions: checker.positions)
    }

    /// The plugins that a file names, and the providers that there are with them; the rest of the file is not looked at.
    package func loadPlugins(file: String?) throws(ConfigurationError) -> ([LoadedPlugin], ProviderCatalog) {
        try loadPlugins(of: try read(file))
    }

    private func loadPlugins(
        of source: Source
    ) throws(ConfigurationError) -> ([LoadedPlugin], ProviderCatalog) {
        try PluginList(load: loadPlugin, reader: source.reader).load(source.entries, into: catalog)
    }

    /// Where there is nothing that could load plugins.
    package static let refusePlugins: @Sendable (String) throws(PluginProblem) -> PluginProviders = {
        _ throws(PluginProblem) in
        throw PluginProblem(found: "cannot be loaded here", help: "remove it")
    }

    // MARK: Reading

    /// What a file says, before it is checked.
    private struct Source {
        /// The file that was read, as it was named; nil when there is none.
        let name: String?
        let entries: [SourceEntry]
        let reader: OptionReader
        /// The `.env` beside it; nil when there is none.
        let environmentFile: EnvironmentFile?

        /// Refuses a `.env` that cannot be read where one of the variables stands that the file or a default names.
        ///
        /// - Parameter environment: what wins over `.env`, so that it does not matter there.
        func checkVariables(
            of schema: ConfigurationSchema, except environment: [String: String]
        ) throws(ConfigurationError) {
            let written = entries.flatMap(\.value.allTexts).flatMap(Variables.names(in:))
            let names = schema.variables.union(written).filter { environment[$0] == nil }
            if let problem = environmentFile?.problem(concerning: names) { throw problem }
        }
    }

    private func read(_ file: String?) throws(ConfigurationError) -> Source {
        let name = file ?? Self.standardFile
        guard !name.isEmpty else {
            throw ConfigurationError(file: "configuration", found: "the name of the file is empty", help: "name a file")
        }
        let path = FolderPath.absolute(name, in: currentFolder)
        let text = try SourceText.read(path, name: name)
        if text == nil, file != nil {
            throw ConfigurationError(file: name, found: "no such file", help: "it was looked for at \(path)")
        }
        let shownName = text == nil ? "built-in defaults" : name
        let entries = try text.map { text throws(ConfigurationError) in
            try YAMLDocument(file: shownName, text: text).entries()
        }
        let environmentFile = try environmentFile(beside: name)
        let variables = Variables(environment: environment, file: environmentFile?.variables ?? [:])
        let source = Source(
            name: text == nil ? nil : name, entries: entries ?? [],
            reader: OptionReader(
                file: shownName, folder: FolderPath.parent(of: path), variables: variables, urlChoices: urlChoices),
            environmentFile: environmentFile)
        try source.checkVariables(of: ConfigurationSchema(catalog: catalog), except: environment)
        return source
    }

    /// The `.env` in the folder of a file; nil when there is none.
    private func environmentFile(beside file: String) throws(ConfigurationError) -> EnvironmentFile? {
        let name = FolderPath.sibling(".env", of: file)
        let path = FolderPath.absolute(name, in: currentFolder)
        // A folder of that name belongs to another tool.
        guard !SourceText.isFolder(path), let bytes = try SourceText.contents(of: path, name: name) else { return nil }
        return EnvironmentFile(file: name, bytes: bytes)
    }

    // MARK: Choices

    private func choice(
        in section: String, of sections: [String: CheckedSection]
    ) throws(ConfigurationError) -> ProviderChoice {
        try choices(in: section, of: sections)[0]
    }

    /// The providers of a section, one at the least.
    private func choices(
        in section: String, of sections: [String: CheckedSection]
    ) throws(ConfigurationError) -> [ProviderChoice] {
        guard let choices = sections[section]?.choices, !choices.isEmpty else {
            throw ConfigurationError(
                file: Self.standardFile, keyPath: section, found: "this build has no provider for it")
        }
        return choices
    }
}
