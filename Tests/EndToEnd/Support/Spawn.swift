import Glibc

/// Starts a program with nothing open but its three standard streams, and with no signal blocked.
///
/// Foundation's `Process` is not used: under parallel tests it can hand the pipes of one child to another.
///
/// - Parameters:
///   - output: the open file that becomes standard output; `errors` becomes standard error.
/// - Returns: the id of the process, which the caller has to wait for.
func spawn(_ path: String, _ arguments: [String], environment: [String: String], output: CInt, errors: CInt) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    // The thread that spawns belongs to a pool that blocks signals, and a child inherits that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var pid: pid_t = 0
    let code = withCStrings([path] + arguments) { arguments in
        withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
            posix_spawn(&pid, path, &actions, &attributes, arguments, environment)
        }
    }
    guard code == 0 else { throw Failure("cannot run \(path): \(String(cString: strerror(code)))") }
    return pid
}

/// Calls `body` with texts as C wants them: an array of C strings with a null at its end.
private func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var strings = texts.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    return strings.withUnsafeMutableBufferPointer { strings in
        // A buffer with an element has a base address.
        strings.baseAddress.map(body) ?? body(UnsafeMutablePointer.allocate(capacity: 0))
    }
}
