import Foundation

/// The file beside a configuration that says which process serves it: `config.yaml.pid`.
///
/// The process holds a lock on the file for as long as it lives, so a file that a killed process left behind means nothing.
struct ProcessFile {
    let path: String

    /// - Parameter configuration: the path of the configuration, which need not be there.
    init(besides configuration: String) {
        path = configuration + ".pid"
    }

    /// Writes this process into the file, and keeps it until the claim is given up.
    ///
    /// - Throws: why that cannot be, in words.
    func claim() throws(Problem) -> Claim {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Problem("\(path) cannot be written: \(String(cString: strerror(errno)))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Problem("\(path) belongs to another server that runs")
        }
        let text = "\(getpid())\n"
        guard ftruncate(descriptor, 0) == 0, write(descriptor, text, text.utf8.count) == text.utf8.count else {
            close(descriptor)
            throw Problem("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        return Claim(path: path, descriptor: descriptor)
    }

    /// The process that serves the configuration.
    ///
    /// - Throws: why there is none, in words.
    func process() throws(Problem) -> pid_t {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Problem("no server runs with this configuration: \(path) is not there, or cannot be read")
        }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
            throw Problem("no server runs with this configuration; \(path) was left by one that was killed")
        }
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        guard let text, let process = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)), process > 1 else {
            throw Problem("\(path) names no process")
        }
        return process
    }

    /// Why something cannot be, in one line.
    struct Problem: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    /// This process's hold on the file.
    struct Claim {
        fileprivate let path: String
        fileprivate let descriptor: CInt

        /// Removes the file.
        func release() {
            // Before the lock is gone: nobody else has it then.
            unlink(path)
            close(descriptor)
        }
    }
}
