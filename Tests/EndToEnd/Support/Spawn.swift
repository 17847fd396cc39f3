import Glibc

/// Starts a program with nothing open but its three standard streams, and with no signal blocked.
///
/// Foundation's `Process` waits for all of its children on one thread and crashes now and then when many start at once.
///
/// - Parameters:
///   - output: the path to which standard output is written; `errors` is that for standard error.
/// - Returns: the id of the process, which the caller has to wait for.
func spawn(
    _ path: String, _ arguments: [String], environment: [String: String], output: String, errors: String
) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // By name and in the child: no other child that starts at the same moment can inherit them.
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

    // The thread that spawns belongs to a pool that blocks signals, and a child inherits that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var pid: pid_t = 0
    let arguments = ([path] + arguments).map { strdup($0) } + [nil]
    let environment = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in arguments + environment { free(string) } }
    let code = posix_spawn(&pid, path, &actions, &attributes, arguments, environment)
    guard code == 0 else { throw Failure("cannot run \(path): \(String(cString: strerror(code)))") }
    return pid
}
