import Foundation

/// A lock on a file, held until ``release()`` or the end of the process.
///
/// One holder alone, or many that share it. A holder alone writes its process id into the file, for those who come too
/// late, and removes the file in the end.
final class FileLock: Sendable {
    enum Failure: Error {
        /// Held by somebody else, whose process id may be known.
        case taken(owner: Int?)
        /// The file cannot be opened or locked, for this reason.
        case failed(String)
    }

    private let path: String
    private let descriptor: CInt
    private let isShared: Bool

    /// Takes the lock, or throws at once when somebody else has it.
    init(path: String, isShared: Bool) throws(Failure) {
        self.path = path
        self.isShared = isShared
        descriptor = try Self.lock(path, isShared: isShared)
        // What a crashed holder left must not be taken for the owner of a shared lock.
        ftruncate(descriptor, 0)
        if !isShared {
            let owner = Array("\(getpid())\n".utf8)
            pwrite(descriptor, owner, owner.count, 0)
        }
    }

    /// Gives the lock back. To be called once.
    func release() {
        if !isShared { unlink(path) }
        close(descriptor)
    }

    private static func lock(_ path: String, isShared: Bool) throws(Failure) -> CInt {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw .failed(String(cString: strerror(errno))) }
            guard flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
                let reason = errno
                defer { close(descriptor) }
                throw reason == EWOULDBLOCK
                    ? .taken(owner: owner(descriptor)) : .failed(String(cString: strerror(reason)))
            }
            if isStillAt(path, descriptor) { return descriptor }
            // The holder before us removed the file between our two steps: what we locked, nobody else can find.
            close(descriptor)
        }
    }

    private static func isStillAt(_ path: String, _ descriptor: CInt) -> Bool {
        guard let opened = FileIdentity(descriptor: descriptor) else { return false }
        return FileIdentity(path: path) == opened
    }

    private static func owner(_ descriptor: CInt) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return Int(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).prefix { $0.isNumber })
    }
}
