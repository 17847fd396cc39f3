import Foundation
import NIOCore
import TestSupport

/// A named pipe whose first line someone waits for, and which is read on to its end so that it never fills up.
struct LineReader: Sendable {
    /// Where a child writes.
    let path: String
    private let descriptor: CInt

    init(in folder: TemporaryFolder) throws {
        path = folder.path("output-\(UUID().uuidString)")
        // Opened without waiting for a writer: that is the child, which opens the pipe by its name.
        guard mkfifo(path, 0o600) == 0, case let pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), pipe >= 0 else {
            throw Failure("no pipe: \(String(cString: strerror(errno)))")
        }
        descriptor = pipe
    }

    /// Begins to read, once the child runs. The line is empty if the child ends without one.
    func start() -> EventLoopFuture<String> {
        _ = fcntl(descriptor, F_SETFL, 0)
        let line = loops.any().makePromise(of: String.self)
        // `read` blocks, so it gets a thread of its own.
        Thread.detachNewThread { [descriptor] in
            var seen: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4_096)
            var isWaiting = true
            while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
                guard isWaiting else { continue }
                seen += chunk.prefix(count)
                guard let end = seen.firstIndex(of: UInt8(ascii: "\n")) else { continue }
                line.succeed(String(decoding: seen[..<end], as: UTF8.self))
                isWaiting = false
            }
            if isWaiting { line.succeed("") }
            close(descriptor)
        }
        return line.futureResult
    }
}
