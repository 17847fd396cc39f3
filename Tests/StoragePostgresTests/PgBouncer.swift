import Foundation
import TestSupport

/// A pooler in transaction mode before a server: each transaction may be on another connection of it.
///
/// It goes away with its last reference, or with the tests.
final class PgBouncer: Sendable {
    /// Where it listens: a socket in a folder of its own.
    let url: String
    private let folder: TemporaryFolder
    /// The program ends when this is closed.
    private let input: CInt

    /// The one before the server that all tests share.
    static func shared() async throws -> PgBouncer {
        try await sharedPooler.value
    }

    private static let sharedPooler = Task { try PgBouncer(before: await PostgresServer.shared()) }

    init(before server: PostgresServer) throws {
        folder = try TemporaryFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        url = "postgresql:///pairloom?host=\(folder.path)&port=6432&user=pairloom"
        try folder.write(
            """
            [databases]
            * = host=127.0.0.1 port=\(server.port) user=pairloom
            [pgbouncer]
            unix_socket_dir = \(folder.path)
            listen_addr =
            auth_type = any
            pool_mode = transaction
            server_login_retry = 1
            default_pool_size = 8
            """, to: "pgbouncer.ini")
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure("no sockets for a pooler") }
        defer { close(ends[0]) }
        input = ends[1]
        let pid = try spawn(
            "/bin/sh", ["-c", Self.script, "sh", folder.path("pgbouncer.ini")],
            environment: ProcessInfo.processInfo.environment, input: .descriptor(ends[0]),
            output: .file(folder.path("output")), errors: .file(folder.path("log")))
        Thread.detachNewThread { _ = waitpid(pid, nil, 0) }
    }

    deinit {
        close(input)
    }

    /// Runs the pooler until its input ends. It refuses to run as root.
    private static let script = """
        PATH=$PATH:/usr/sbin
        user=
        if [ "$(id -u)" = 0 ]; then user="setpriv --reuid=nobody --regid=$(id -g nobody) --clear-groups"; fi
        $user pgbouncer "$1" &
        read -r _
        kill -INT $!
        wait
        """
}
