import Dispatch
import Foundation

/// A program that answers line by line, and that ends when nobody refers to it any longer: its input ends then.
final class Dialogue: Sendable {
    private let pid: pid_t
    /// Our end of a pair of sockets; the other is the program's input and output.
    private let socket: CInt
    /// One question at a time; it blocks, so it is kept from Swift's own threads.
    private let queue = DispatchQueue(label: "dialogue")

    /// Starts a program. What it writes to standard error goes to ours.
    init(_ path: String, _ arguments: [String] = []) throws {
        var ends: [CInt] = [0, 0]
        // Closed in whatever other program starts: only we keep this one going.
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw Failure("no sockets: \(String(cString: strerror(errno)))")
        }
        defer { close(ends[1]) }
        do {
            pid = try spawn(
                path, arguments, environment: ProcessInfo.processInfo.environment, input: .descriptor(ends[1]),
                output: .descriptor(ends[1]), errors: .descriptor(STDERR_FILENO))
        } catch {
            close(ends[0])
            throw error
        }
        socket = ends[0]
    }

    deinit {
        close(socket)
        // It may need a while to clean up, and has to be waited for by someone.
        Thread.detachNewThread { [pid] in _ = waitpid(pid, nil, 0) }
    }

    /// Sends a line, if there is one to send, and returns the next line of the answer.
    func ask(_ question: String? = nil) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(with: Result { try answer(to: question) })
            }
        }
    }

    private func answer(to question: String?) throws -> String {
        if let question {
            let line = Array("\(question)\n".utf8)
            guard send(socket, line, line.count, CInt(MSG_NOSIGNAL)) == line.count else {
                throw Failure("nobody hears \"\(question)\"")
            }
        }
        var line: [UInt8] = []
        while true {
            switch try nextByte() {
            case UInt8(ascii: "\n"): return String(decoding: line, as: UTF8.self)
            case let byte: line.append(byte)
            }
        }
    }

    /// One at a time, so that nothing has to be kept for the next question.
    private func nextByte() throws -> UInt8 {
        var wait = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, 60_000) == 1 else { throw Failure("the program did not answer within a minute") }
        var byte: UInt8 = 0
        guard read(socket, &byte, 1) == 1 else { throw Failure("the program has ended") }
        return byte
    }
}
