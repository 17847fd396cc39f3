package import Glibc

/// What one of a child's standard streams is connected to.
package enum ChildStream: Sendable {
    case nothing
    /// A file by its path: emptied or made for output, read for input.
    case file(String)
    /// A descriptor of ours.
    case descriptor(CInt)
}

/// Starts a program with nothing open but its three standard streams, and with no signal blocked.
///
/// Foundation's `Process` waits for all of its children on one thread and crashes now and then when many start at once.
///
/// - Returns: the id of the process, which the caller has to wait for.
package func spawn(
    _ path: String, _ arguments: [String], environment: [String: String], input: ChildStream = .nothing,
    output: ChildStream, errors: ChildStream
) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    connect(0, to: input, O_RDONLY, &actions)
    connect(1, to: output, O_WRONLY | O_CREAT | O_TRUNC, &actions)
    connect(2, to: errors, O_WRONLY | O_CREAT | O_TRUNC, &actions)
    // A socket of ours that a child holds too is not closed when we close it.
    for descriptor in CInt(3)..<1_024 { posix_spawn_file_actions_addclose(&actions, descriptor) }

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

/// Files are opened by name and in the child: no other child that starts at the same moment can inherit them.
private func connect(
    _ number: CInt, to stream: ChildStream, _ flags: CInt, _ actions: inout posix_spawn_file_actions_t
) {
    switch stream {
    case .nothing: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", flags, 0)
    case .file(let path): posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600)
    case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
    }
}
