import Foundation

/// The file beside a configuration that tells which process serves it, and how often it was read again: `config.yaml.pid`.
///
/// The process holds a lock on the file (fcntl(2)) for as long as it lives; who holds it, the system tells. So a file that a
/// killed process left behind means nothing, whatever stands in it.
struct ProcessFile {
    let path: String

    /// - Parameter configuration: the path of the configuration, which need not be there.
    init(besides configuration: String) {
        path = configuration + ".pid"
    }

    /// Makes the file this process's own, until the claim is released.
    func claim() throws(ProcessFileProblem) -> ProcessFileClaim {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard descriptor >= 0 else { throw ProcessFileProblem("\(path) cannot be written: \(Self.lastError)") }
            var request = Self.lock(F_WRLCK)
            guard fcntl(descriptor, F_SETLK, &request) == 0 else {
                let isTaken = errno == EACCES || errno == EAGAIN
                let problem = isTaken ? "belongs to another server that runs" : "cannot be locked: \(Self.lastError)"
                close(descriptor)
                throw ProcessFileProblem("\(path) \(problem)", isTaken: isTaken)
            }
            let claim = ProcessFileClaim(path: path, descriptor: descriptor)
            if claim.isInPlace { return claim }
            // The holder before us removed the file between our two steps: what we locked, nobody else can find.
            close(descriptor)
        }
    }

    /// The process that serves the configuration, and what it says of its reloads.
    ///
    /// - Throws: why there is none.
    func owner() throws(ProcessFileProblem) -> ProcessFileOwner {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            let isAbsent = errno == ENOENT || errno == ENOTDIR
            throw ProcessFileProblem(
                isAbsent ? "no server runs with this configuration" : "\(path) cannot be read: \(Self.lastError)")
        }
        defer { close(descriptor) }
        var request = Self.lock(F_RDLCK)
        guard fcntl(descriptor, F_GETLK, &request) == 0 else {
            throw ProcessFileProblem("\(path) cannot be looked at: \(Self.lastError)")
        }
        guard request.l_type != Int16(F_UNLCK) else {
            throw ProcessFileProblem("no server runs with this configuration; \(path) was left by one that was killed")
        }
        guard request.l_pid > 0 else {
            throw ProcessFileProblem(
                "the server runs where this command cannot see it; run the command in its container")
        }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return ProcessFileOwner(
            process: request.l_pid, text: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
    }

    /// A lock on the whole file.
    private static func lock(_ type: some BinaryInteger) -> flock {
        var lock = flock()
        lock.l_type = Int16(type)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}

/// Why a process file is of no use, in one line.
struct ProcessFileProblem: Error, CustomStringConvertible {
    let description: String
    /// Whether another server has it.
    let isTaken: Bool

    init(_ description: String, isTaken: Bool = false) {
        self.description = description
        self.isTaken = isTaken
    }
}
