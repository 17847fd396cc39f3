import Foundation

/// The files and sockets that this process may have open at the same time (`RLIMIT_NOFILE`).
///
/// A process that runs out of them cannot go on: the runtime's own threads need some. So the limit is raised as far as the
/// system allows, a process that has too few does not start, and a server bounds its connections by what is left
/// (``ConnectionCapacity``).
enum OpenFiles {
    /// Raises the limit to the system's hard limit. The usual soft limit of 1,024 is below `limits.connections`.
    ///
    /// - Throws: A ``Failure`` when no command can work with the limit.
    static func raiseLimit() throws(Failure) {
        var limits = rlimit()
        guard getrlimit(resource, &limits) == 0 else { return }
        if limits.rlim_cur < limits.rlim_max {
            limits.rlim_cur = limits.rlim_max
            setrlimit(resource, &limits)
        }
        guard limit >= minimum else { throw tooFew(limit) }
    }

    /// The number of files that the process may have open.
    static var limit: Int {
        var limits = rlimit()
        guard getrlimit(resource, &limits) == 0 else { return .max }
        return Int(clamping: limits.rlim_cur)
    }

    /// The number of files that it has open.
    static var count: Int {
        // The folder that is being read is one of them.
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")
        return max((names?.count ?? 0) - 1, 0)
    }

    /// The error for a limit that leaves too little to work with.
    static func tooFew(_ limit: Int) -> Failure {
        Failure(
            message: "the system lets this process open only \(limit) files at once, which is too few; raise the limit "
                + "to 1024 or more (ulimit -n, or LimitNOFILE= in a systemd unit)",
            code: .unavailable)
    }

    /// The least that any command works with.
    private static let minimum = 32

    #if os(Linux)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
