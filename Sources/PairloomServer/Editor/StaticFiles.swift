import Synchronization

/// Files that are read, and compressed, when they are asked for first, and then kept.
final class StaticFiles: Sendable {
    private let read: @Sendable (String) async throws -> [UInt8]?
    private let files = Mutex<[String: StaticFile]>([:])

    /// - Parameter read: the contents of the file of a name; nil when there is none.
    init(read: @escaping @Sendable (String) async throws -> [UInt8]?) {
        self.read = read
    }

    /// The file of a name; nil when there is none.
    func file(_ name: String) async throws -> StaticFile? {
        if let file = files.withLock({ $0[name] }) { return file }
        guard let contents = try await read(name) else { return nil }
        // Two who ask at the same moment make it twice, and one of the two is kept.
        let file = StaticFile(name: name, contents: contents)
        files.withLock { $0[name] = file }
        return file
    }
}
