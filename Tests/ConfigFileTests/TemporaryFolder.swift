import ConfigFile
import Foundation
import ProviderKit

/// A folder with files in it that is gone when the test is over.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        let name = "config-file-tests-\(UUID().uuidString)"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (file, text) in files { try write(Data(text.utf8), to: file) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ data: Data, to file: String) throws {
        let url = URL(fileURLWithPath: path).appendingPathComponent(file)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    /// Loads a configuration as a server would that was started in this folder.
    func load(
        _ file: String? = nil, environment: [String: String] = [:], catalog: ProviderCatalog = TestCatalog.standard
    ) throws(ConfigurationError) -> Configuration {
        // The folder must not be removed before its files are read.
        try withExtendedLifetime(self) { () throws(ConfigurationError) in
            try ConfigurationLoader(catalog: catalog, environment: environment, currentFolder: path).load(file: file)
        }
    }
}

/// Loads a configuration from a text, as if it stood in `config.yaml` of an otherwise empty folder.
func load(_ yaml: String, environment: [String: String] = [:], dotEnv: String? = nil) throws -> Configuration {
    let folder = try TemporaryFolder(["config.yaml": yaml])
    if let dotEnv { try folder.write(Data(dotEnv.utf8), to: ".env") }
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
