import Foundation

/// How many files and connections this process may have open.
enum OpenFiles {
    /// Takes as many as the system allows: the usual soft limit of 1,024 is below `limits.connections`.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(Self.openFiles, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(Self.openFiles, &limit)
    }

    #if os(Linux)
        private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let openFiles = RLIMIT_NOFILE
    #endif
}
