import Foundation
import NIOCore

/// A pipe whose first line someone waits for, and which is read on to its end so that it never fills up.
struct LineReader: Sendable {
    /// The end to write to; closed by ``start()``.
    let input: CInt
    private let output: CInt

    init() throws {
        var ends: [CInt] = [0, 0]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw Failure("no pipe: \(String(cString: strerror(errno)))") }
        (output, input) = (ends[0], ends[1])
    }

    /// Begins to read, once the writer has its end; the first line is empty when the writer ends without one.
    func start() -> EventLoopFuture<String> {
        close(input)
        let line = loops.any().makePromise(of: String.self)
        // `read` blocks, so it gets a thread of its own.
        Thread.detachNewThread { [output] in
            var seen: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4_096)
            var isWaiting = true
            while case let count = read(output, &chunk, chunk.count), count > 0 {
                guard isWaiting else { continue }
                seen += chunk.prefix(count)
                guard let end = seen.firstIndex(of: UInt8(ascii: "\n")) else { continue }
                line.succeed(String(decoding: seen[..<end], as: UTF8.self))
                isWaiting = false
            }
            if isWaiting { line.succeed("") }
            close(output)
        }
        return line.futureResult
    }
}
