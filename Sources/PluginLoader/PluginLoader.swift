import CProviderKitABI
package import ProviderKit

/// The way by which the server gets plugins that it was not built with.
///
/// All that can be found out without opening the file as a library is found out first. Then, before any Swift of the plugin
/// is called, whether it was built for this server. After that a plugin is trusted like the rest of the program.
package enum PluginLoader {
    /// Loads a shared library and asks what it offers.
    ///
    /// It stays loaded for as long as the process runs, since the Swift runtime keeps pointers into it. A file that is
    /// loaded a second time is asked a second time; it is in memory once.
    ///
    /// - Parameter path: an absolute path. No other place is searched.
    package static func load(_ path: String) throws(PluginLoadError) -> PluginProviders {
        guard SharedRuntime.isUsed else { throw .staticRuntime }
        guard path.hasPrefix("/") else { throw .notAbsolute(path) }
        try LibraryFile.check(path)
        let library = try LoadedLibrary(path)
        try compareTags(library)
        return try providers(of: library)
    }

    private static func compareTags(_ library: LoadedLibrary) throws(PluginLoadError) {
        typealias EntryPoint = @convention(c) () -> UnsafePointer<CChar>?
        let entryPoint = unsafeBitCast(try library.function("providerkit_plugin_abi"), to: EntryPoint.self)
        guard let text = entryPoint() else { throw .noTag(library.path) }
        let tag = ABITag(text)
        guard tag != .ofServer else { return }
        throw .otherABI(library.path, tag, server: .ofServer)
    }

    private static func providers(of library: LoadedLibrary) throws(PluginLoadError) -> PluginProviders {
        typealias EntryPoint = @convention(c) () -> UnsafeMutableRawPointer?
        let entryPoint = unsafeBitCast(try library.function("providerkit_plugin_providers"), to: EntryPoint.self)
        guard let pointer = entryPoint() else { throw .handsNothingOver(library.path) }
        let providers: PluginProviders
        do {
            providers = try PluginProviders.takeOver(pointer)
        } catch {
            throw .doesNotStart(library.path, error)
        }
        guard !providers.isEmpty else { throw .offersNothing(library.path) }
        return providers
    }
}

extension PluginProviders {
    fileprivate var isEmpty: Bool { storage.isEmpty && autocomplete.isEmpty && conflict.isEmpty }
}
