import ProviderKit

/// The key `plugins`: which libraries are loaded before the rest of the file is read.
struct PluginList {
    static let option = Option(
        "plugins", .strings, default: [],
        help: "Shared libraries with more providers, made with ProviderKit. Paths start from the folder of this file.")

    /// Loads a library, by its absolute path.
    let load: @Sendable (String) throws(PluginProblem) -> PluginProviders
    let reader: OptionReader

    /// Loads every library that the file names, in order, and checks what each offers.
    ///
    /// - Returns: the plugins, and the catalog with all that they offer.
    func load(
        _ entries: [SourceEntry], into catalog: ProviderCatalog
    ) throws(ConfigurationError) -> ([LoadedPlugin], ProviderCatalog) {
        var plugins: [LoadedPlugin] = []
        var catalog = catalog
        for file in try files(entries) {
            guard !plugins.contains(where: { $0.path == file.path }) else {
                throw file.error("`\(file.written.excerpt)` stands twice", "name each plugin once")
            }
            do throws(PluginProblem) {
                let providers = try load(file.path)
                if let problem = PluginRules(catalog: catalog).problem(of: providers) {
                    throw PluginProblem(found: "`\(file.written.excerpt)` \(problem.found)", help: problem.help)
                }
                plugins.append(LoadedPlugin(path: file.path, origin: file.origin, providers: providers))
                catalog = catalog.adding(providers)
            } catch {
                throw file.error(error.found, error.help)
            }
        }
        return (plugins, catalog)
    }

    private func files(_ entries: [SourceEntry]) throws(ConfigurationError) -> [PluginFile] {
        guard let entry = entries.first(where: { $0.key == Self.option.name }), !entry.value.isNull else { return [] }
        let path = OptionPath(entry.key)
        let items = try reader.items(of: Self.option.declaration, in: entry.value, at: path)
        var files: [PluginFile] = []
        for (index, item) in items.enumerated() {
            let text = item.text
            let error = { (found: String, help: String) in
                ConfigurationError(
                    file: reader.file, position: item.node.position, keyPath: path[index].text, found: found, help: help
                )
            }
            guard !text.isEmpty else { throw error("found an empty text", "write the path of a library") }
            guard !text.hasPrefix("~") else {
                throw error("`~` is not filled in", "write the whole path, or ${HOME} instead of `~`")
            }
            files.append(
                PluginFile(
                    written: text, path: FolderPath.absolute(text, in: reader.folder),
                    origin: reader.origin(of: item.node),
                    makeError: error)
            )
        }
        return files
    }
}

/// A library as the file names it.
private struct PluginFile {
    let written: String
    let path: String
    let origin: ValueOrigin
    let makeError: (_ found: String, _ help: String) -> ConfigurationError

    func error(_ found: String, _ help: String) -> ConfigurationError { makeError(found, help) }
}
