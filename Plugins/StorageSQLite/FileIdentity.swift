import Foundation

/// Which file a path means: one that was put in its place is another, though it has the same name.
struct FileIdentity: Sendable {
    private let path: String
    private let device: dev_t
    private let number: ino_t

    /// Nil when there is no file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.path = path
        device = status.st_dev
        number = status.st_ino
    }

    /// Whether the path still means the file.
    var isInPlace: Bool {
        guard let now = FileIdentity(path: path) else { return false }
        return now.device == device && now.number == number
    }
}
