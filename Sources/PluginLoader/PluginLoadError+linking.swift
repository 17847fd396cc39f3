extension PluginLoadError {
    static func notLoaded(_ path: String, _ complaint: LinkerComplaint) -> PluginLoadError {
        switch complaint {
        case .missingLibrary(let name):
            PluginLoadError(
                "`\(path)` needs the library `\(name)`, which was not found",
                help: "install that, or put it beside the plugin and link the plugin with -rpath $ORIGIN")
        case .missingVersion(let version):
            PluginLoadError(
                "`\(path)` needs \(version), which is newer than this system", help: "build it on this system")
        case .missingFromProviderKit(let symbol):
            PluginLoadError(
                "`\(path)` is built with another version of ProviderKit: this server's has no `\(symbol)`",
                help: rebuild)
        case .missingFromSwift(let symbol):
            PluginLoadError(
                "`\(path)` is built with another Swift compiler: this server's runtime has no `\(symbol)`",
                help: rebuild)
        case .missing(let symbol):
            PluginLoadError(
                "`\(path)` needs `\(symbol)`, which nothing has that it is linked with",
                help: "link it with the library that has that")
        case .other(let text):
            PluginLoadError(
                "`\(path)` cannot be loaded: \(text)", help: "that is what the system's dynamic linker says of it")
        }
    }

    static let rebuild = "build it against this server's Sources/ProviderKit, with the same Swift compiler"
}
