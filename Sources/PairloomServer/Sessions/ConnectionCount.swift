import Metrics
import Synchronization

/// How many WebSocket connections there are, and may be.
final class ConnectionCount: Sendable {
    /// How many connections of all kinds there may be.
    let capacity: ConnectionCapacity
    private let count = Atomic<Int>(0)
    private let meter = Meter(label: "pairloom_connections")

    init(capacity: ConnectionCapacity = .unbounded) {
        self.capacity = capacity
    }

    /// How many there are.
    var current: Int { count.load(ordering: .relaxed) }

    /// Counts a connection in; false when there are more now than there may be.
    func enter(limit: Int) -> Bool {
        meter.increment()
        return count.add(1, ordering: .relaxed).newValue <= capacity.sockets(limit: limit)
    }

    func leave() {
        meter.decrement()
        count.subtract(1, ordering: .relaxed)
    }
}
