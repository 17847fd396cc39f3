import ConfigFile
import Foundation
import Logging
import ProviderKit

/// A configuration file, as this process reads it: with its environment, the providers that come with the server, and
/// plugins. It may be read again.
struct ConfigurationSource: Sendable {
    /// As it was named on the command line; nil for the standard file, if there is one.
    let file: String?
    private let loader: ConfigurationLoader
    private let plugins: PluginShelf

    /// - Parameters:
    ///   - file: the file as it was named; nil for the standard file.
    ///   - host: the address that the command line names in place of `server.host`.
    init(file: String?, host: String? = nil) {
        let plugins = PluginShelf()
        self.file = file
        self.plugins = plugins
        loader = ConfigurationLoader(
            catalog: StandardProviders.catalog, environment: ProcessInfo.processInfo.environment,
            urlChoices: StandardProviders.urlChoices, listeningHost: host, loadPlugin: plugins.load)
    }

    /// The plugins that were loaded, and whose files are others by now.
    var outdatedPlugins: [String] { plugins.outdated }

    /// The absolute path of the file, whether there is one or not.
    var path: String {
        URL(fileURLWithPath: file ?? ConfigurationLoader.standardFile).standardizedFileURL.path
    }

    /// Reads the file. A problem ends the command with one line and exit code 78 (`EX_CONFIG` of sysexits.h).
    func load() throws -> Configuration {
        try reporting { () throws(ConfigurationError) in try loader.load(file: file) }
    }

    /// The plugins that the file names, and all that it may say with them; the rest of it is not looked at.
    func loadPlugins() throws -> ([LoadedPlugin], ConfigurationSchema) {
        let (plugins, catalog) = try reporting { () throws(ConfigurationError) in try loader.loadPlugins(file: file) }
        return (plugins, ConfigurationSchema(catalog: catalog))
    }

    private func reporting<Value>(_ read: () throws(ConfigurationError) -> Value) throws -> Value {
        do {
            return try read()
        } catch {
            throw Failure(message: "\(error)", code: .configuration)
        }
    }
}

extension Configuration {
    /// Logs the warnings, a line each.
    func logWarnings() {
        let logger = Logger(label: "pairloom.config")
        for warning in warnings { logger.warning("\(warning)") }
    }
}
