#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension PluginLoadError {
    static let staticRuntime = PluginLoadError(
        "this server was linked with --static-swift-stdlib, and so cannot load plugins",
        help: "build it without that option")

    static func notAbsolute(_ path: String) -> PluginLoadError {
        PluginLoadError("`\(path)` is no absolute path", help: "write the path from / on")
    }

    static func noSuchFile(_ path: String) -> PluginLoadError {
        PluginLoadError("there is no file `\(path)`", help: "build the plugin, or correct the path")
    }

    /// - Parameter code: what `errno` was when it was tried.
    static func notReadable(_ path: String, _ code: CInt) -> PluginLoadError {
        if code == ENOENT || code == ENOTDIR { return noSuchFile(path) }
        let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return PluginLoadError(
            "`\(path)` cannot be read: \(reason)", help: "check that the user of the server may read it")
    }

    static func isFolder(_ path: String) -> PluginLoadError {
        PluginLoadError("`\(path)` is a folder", help: "name the library in it")
    }

    static func isNoRegularFile(_ path: String) -> PluginLoadError {
        PluginLoadError("`\(path)` is a pipe or a device", help: sharedLibrary)
    }

    static func unfit(_ path: String, _ problem: LibraryProblem) -> PluginLoadError {
        switch problem {
        case .empty:
            PluginLoadError("`\(path)` is empty", help: again)
        case .other(let kind):
            PluginLoadError("`\(path)` is \(kind.map { "\($0), " } ?? "")no shared library", help: sharedLibrary)
        case .foreign(let machine, let here):
            PluginLoadError(
                "`\(path)` is built for \(machine), this server runs on \(here)", help: "build it for \(here)")
        case .truncated(let size, let expected):
            PluginLoadError("`\(path)` is truncated: it has \(size) of \(expected) bytes", help: again)
        case .damaged(let how):
            PluginLoadError("`\(path)` is damaged: \(how)", help: again)
        }
    }

    private static let again = "build it again, or copy it again"
    private static let sharedLibrary = "name a shared library: SwiftPM makes one of a product of type .dynamic"
}
