import ArgumentParser
import ConfigFile
import Foundation

/// `--config FILE`, and what it leads to.
struct ConfigurationFlag: ParsableArguments {
    @Option(
        name: [.short, .customLong("config")],
        help: "The configuration to read (default: config.yaml, if there is one).")
    var file: String?

    /// Reads the configuration. A problem is one line on stderr and exit code 78 (`EX_CONFIG` of sysexits.h).
    func load() throws -> Configuration { try Self.load(file) }

    /// Reads a configuration by name, or the one that there is; see ``load()``.
    static func load(_ file: String?) throws -> Configuration {
        let loader = ConfigurationLoader(
            catalog: StandardProviders.catalog, environment: ProcessInfo.processInfo.environment)
        do {
            return try loader.load(file: file)
        } catch {
            throw Failure(message: "\(error)", code: .configuration)
        }
    }
}
