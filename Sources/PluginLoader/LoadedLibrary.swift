#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A shared library in memory, which stays there.
struct LoadedLibrary {
    let path: String
    private let handle: UnsafeMutableRawPointer

    /// Loads a library with all that it needs.
    init(_ path: String) throws(PluginLoadError) {
        // `NOW`: a symbol that is not there is an error here and not a crash later. `LOCAL`: what a plugin exports is
        // not mixed up with what another does.
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .notLoaded(path, LinkerComplaint(Self.lastError, about: path))
        }
        self.path = path
        self.handle = handle
    }

    /// The address of a function that the library exports.
    func function(_ name: String) throws(PluginLoadError) -> UnsafeMutableRawPointer {
        guard let address = dlsym(handle, name) else { throw .noEntryPoint(path, name) }
        return address
    }

    private static var lastError: String {
        dlerror().map { String(cString: $0) } ?? "no reason given"
    }
}
