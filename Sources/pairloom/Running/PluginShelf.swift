import ConfigFile
import PluginLoader
import ProviderKit
import Synchronization

/// The plugins that this process has loaded: each library once, since it cannot be unloaded, nor loaded anew.
final class PluginShelf: Sendable {
    private let plugins = Mutex<[String: PluginProviders]>([:])

    /// Loads a library, or gives what it offered when it was loaded.
    ///
    /// - Parameter path: an absolute path.
    @Sendable func load(_ path: String) throws(PluginProblem) -> PluginProviders {
        try plugins.withLock { plugins throws(PluginProblem) in
            if let loaded = plugins[path] { return loaded }
            do throws(PluginLoadError) {
                let providers = try PluginLoader.load(path)
                plugins[path] = providers
                return providers
            } catch {
                throw PluginProblem(found: error.found, help: error.help)
            }
        }
    }
}
