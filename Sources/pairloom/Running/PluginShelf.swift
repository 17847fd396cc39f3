import ConfigFile
import Foundation
import PluginLoader
import ProviderKit
import Synchronization

/// The plugins that this process has loaded: each library once, since it cannot be unloaded, nor loaded anew.
final class PluginShelf: Sendable {
    private struct Plugin {
        let providers: PluginProviders
        let file: FileState?
    }

    /// What tells a file from one that took its place.
    private struct FileState: Equatable {
        let device: UInt64
        let number: UInt64
        let changedAt: Int

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt64(status.st_dev)
            number = UInt64(status.st_ino)
            changedAt = Int(status.st_mtim.tv_sec)
        }
    }

    private let plugins = Mutex<[String: Plugin]>([:])

    /// Loads a library, or gives what it offered when it was loaded.
    ///
    /// - Parameter path: an absolute path.
    @Sendable func load(_ path: String) throws(PluginProblem) -> PluginProviders {
        try plugins.withLock { plugins throws(PluginProblem) in
            if let loaded = plugins[path] { return loaded.providers }
            let file = FileState(path)
            do throws(PluginLoadError) {
                let providers = try PluginLoader.load(path)
                plugins[path] = Plugin(providers: providers, file: file)
                return providers
            } catch {
                throw PluginProblem(found: error.found, help: error.help)
            }
        }
    }

    /// The libraries whose file is not the one that was loaded, in order.
    var outdated: [String] {
        plugins.withLock { plugins in
            plugins.filter { FileState($0.key) != $0.value.file }.map(\.key).sorted()
        }
    }
}
