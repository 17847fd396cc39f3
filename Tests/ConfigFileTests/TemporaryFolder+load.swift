import ConfigFile
import ProviderKit
import TestSupport

extension TemporaryFolder {
    /// Loads a configuration as a server would that was started in this folder.
    func load(
        _ file: String? = nil, environment: [String: String] = [:], catalog: ProviderCatalog = TestCatalog.standard,
        urlChoices: [URLChoice] = []
    ) throws(ConfigurationError) -> Configuration {
        // The folder must not be removed before its files are read.
        try withExtendedLifetime(self) { () throws(ConfigurationError) in
            try ConfigurationLoader(
                catalog: catalog, environment: environment, urlChoices: urlChoices, currentFolder: path,
                loadPlugin: TestCatalog.loadPlugin
            ).load(file: file)
        }
    }
}

/// Loads a configuration from a text, as if it stood in `config.yaml` of an otherwise empty folder.
func load(_ yaml: String, environment: [String: String] = [:], dotEnv: String? = nil) throws -> Configuration {
    let folder = try TemporaryFolder(["config.yaml": yaml])
    if let dotEnv { try folder.write(dotEnv, to: ".env") }
    return try folder.load(environment: environment)
}

/// The line that a refused configuration gives, or nil when it is good.
func refusal(of yaml: String, environment: [String: String] = [:], dotEnv: String? = nil) throws -> String? {
    do {
        _ = try load(yaml, environment: environment, dotEnv: dotEnv)
        return nil
    } catch let error as ConfigurationError {
        return error.description
    }
}
