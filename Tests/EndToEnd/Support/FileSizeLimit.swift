import Foundation
import TestSupport

/// A bound on the files of a running server: what it writes beyond is refused, as by a disk that has failed.
///
/// A file system cannot be made read-only while somebody has a file of it open for writing.
struct FileSizeLimit {
    /// More than the server's own log will need.
    let bytes = 64 << 10

    /// Starts a server that is told of a refused write, rather than killed by it.
    static let launcher = ["/bin/sh", "-c", #"trap "" XFSZ; exec "$@""#, "sh"]

    func set(on server: ServerProcess) async throws {
        try await change(to: "\(bytes)", on: server)
    }

    func lift(from server: ServerProcess) async throws {
        try await change(to: "unlimited", on: server)
    }

    private func change(to size: String, on server: ServerProcess) async throws {
        // The soft limit alone, which everyone may raise again.
        let result = try await Command.run(
            URL(filePath: "/usr/bin/prlimit"), ["--pid", "\(server.pid)", "--fsize=\(size):"])
        guard result.exit == .status(0) else { throw Failure("prlimit: \(result.errors)") }
    }
}
