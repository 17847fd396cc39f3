#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Whether this program uses the Swift runtime of a shared library, as plugins do.
///
/// A program that was linked with `--static-swift-stdlib` has one of its own; a plugin would bring a second, in which
/// no type is the same. This code has to be linked into the executable itself, whose runtime it is about.
enum SharedRuntime {
    #if canImport(Darwin)
        static let isUsed = true
    #else
        static let isUsed: Bool = {
            guard let library = dlopen("libswiftCore.so", RTLD_LAZY | RTLD_NOLOAD) else { return false }
            // The metadata of `Int`, as the library has it and as this program has it.
            let shared = dlsym(library, "$sSiN")
            return shared == unsafeBitCast(Int.self as Any.Type, to: UnsafeMutableRawPointer.self)
        }()
    #endif
}
