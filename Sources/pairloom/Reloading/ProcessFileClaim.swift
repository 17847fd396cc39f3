import Foundation

/// This process's hold on its ``ProcessFile``.
struct ProcessFileClaim: Sendable {
    private let path: String
    private let descriptor: CInt

    init(path: String, descriptor: CInt) {
        self.path = path
        self.descriptor = descriptor
        note(reloads: 0, outcome: "")
    }

    /// Whether the file that is held is the one that others find.
    var isInPlace: Bool {
        var (held, found) = (stat(), stat())
        return fstat(descriptor, &held) == 0 && stat(path, &found) == 0 && held.st_ino == found.st_ino
            && held.st_dev == found.st_dev
    }

    /// Tells how often the configuration was read again, and what came of the last time.
    func note(reloads: Int, outcome: String) {
        let text = Array(ProcessFileOwner.text(process: getpid(), reloads: reloads, outcome: outcome).utf8)
        // Longer than before or shorter: a reader knows a whole text by its last line.
        pwrite(descriptor, text, text.count, 0)
        ftruncate(descriptor, off_t(text.count))
    }

    /// Removes the file. To be called once.
    func release() {
        // Before the lock is gone: nobody else has the file then.
        if isInPlace { unlink(path) }
        close(descriptor)
    }
}
