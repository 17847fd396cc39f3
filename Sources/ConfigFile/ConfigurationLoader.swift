import Foundation
package import ProviderKit

/// Reads `config.yaml` and `.env`, and makes a checked configuration of them.
package struct ConfigurationLoader: Sendable {
    /// The file that is read when none is named.
    package static let standardFile = "config.yaml"

    /// What the configuration may say.
    package let schema: ConfigurationSchema
    private let environment: [String: String]
    private let currentFolder: String

    /// - Parameters:
    ///   - environment: the variables of the process; they win over those of `.env`.
    ///   - currentFolder: the absolute folder where files are looked for; nil for the one of the process.
    package init(catalog: ProviderCatalog, environment: [String: String], currentFolder: String? = nil) {
        schema = ConfigurationSchema(catalog: catalog)
        self.environment = environment
        self.currentFolder = currentFolder ?? FileManager.default.currentDirectoryPath
    }

    /// The configuration that a file describes.
    ///
    /// - Parameter file: a file that must be there; nil for `config.yaml` in the current folder, and the built-in
    ///   defaults where there is none.
    /// - Throws: the problem that stands first in the file. YAML that cannot be read and keys that stand twice come
    ///   before all others.
    package func load(file: String?) throws(ConfigurationError) -> Configuration {
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
        let reader = OptionReader(
            file: shownName, folder: FolderPath.parent(of: path), variables: try variables(beside: name))
        var checker = ConfigurationChecker(schema: schema, reader: reader)
        let sections = checker.check(entries ?? [])
        if let problem = checker.firstProblem { throw problem }
        return try configuration(of: sections, source: text == nil ? nil : name, positions: checker.positions)
    }

    /// The environment together with `.env` in the folder of a file.
    private func variables(beside file: String) throws(ConfigurationError) -> Variables {
        let name = FolderPath.sibling(".env", of: file)
        let path = FolderPath.absolute(name, in: currentFolder)
        // A folder of that name belongs to another tool.
        guard !SourceText.isFolder(path), let text = try SourceText.read(path, name: name) else {
            return Variables(environment: environment)
        }
        return Variables(environment: environment, file: try EnvironmentFile(file: name, text: text).variables())
    }

    private func configuration(
        of sections: [String: CheckedSection], source: String?, positions: [String: SourcePosition]
    ) throws(ConfigurationError) -> Configuration {
        let autocomplete = sections[AutocompleteSettings.sectionName]
        return Configuration(
            server: ServerSettings(sections.values(of: ServerSettings.section)),
            storage: try choice(in: "storage", of: sections),
            autocomplete: try choices(in: AutocompleteSettings.sectionName, of: sections),
            suggestions: AutocompleteSettings(autocomplete?.values ?? OptionValues()),
            conflict: try choice(in: "conflict", of: sections),
            limits: LimitSettings(sections.values(of: LimitSettings.section)),
            rooms: RoomSettings(sections.values(of: RoomSettings.section)),
            journal: JournalSettings(sections.values(of: JournalSettings.section)),
            log: LogSettings(sections.values(of: LogSettings.section)), source: source, positions: positions)
    }

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
