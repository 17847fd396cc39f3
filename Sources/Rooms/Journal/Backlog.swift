import Synchronization

/// How many bytes of changes wait for the store, over all rooms, and how many may.
final class Backlog: Sendable {
    private let waiting = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Bytes that are logged in memory and not yet stored.
    var bytes: Int { waiting.load(ordering: .relaxed) }

    var hasRoom: Bool { bytes < limit }

    func add(_ bytes: Int) {
        waiting.add(bytes, ordering: .relaxed)
    }

    func remove(_ bytes: Int) {
        waiting.subtract(bytes, ordering: .relaxed)
    }
}
