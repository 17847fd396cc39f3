import Logging
import Metrics
import Synchronization

/// Counts the connections that are open, and bounds them.
///
/// WebSockets never use up the room of other requests, also when their limit was lowered below their number.
final class ConnectionCount: Sendable {
    /// The number of connections of all kinds that there may be.
    let capacity: ConnectionCapacity
    private let logger: Logger
    private let sockets = Atomic<Int>(0)
    private let all = Atomic<Int>(0)
    private let meter = Meter(label: "pairloom_connections")
    private let refused = Counter(label: "pairloom_refused_connections_total")
    private let reports = Mutex(ReportInterval(interval: .seconds(60)))

    init(capacity: ConnectionCapacity = .unbounded, logger: Logger = Logger(label: "pairloom")) {
        self.capacity = capacity
        self.logger = logger
    }

    // MARK: WebSockets

    /// The number of WebSockets.
    var current: Int { sockets.load(ordering: .relaxed) }

    /// Counts a WebSocket in; false when there are more now than there may be.
    ///
    /// - Parameter limit: the bound of the configuration.
    func enter(limit: Int) -> Bool {
        meter.increment()
        return sockets.add(1, ordering: .relaxed).newValue <= capacity.sockets(limit: limit)
    }

    /// Counts a WebSocket out.
    func leave() {
        meter.decrement()
        sockets.subtract(1, ordering: .relaxed)
    }

    // MARK: All connections

    /// The number of connections of all kinds that may be open.
    ///
    /// - Parameter limit: the bound of the configuration for WebSockets.
    func bound(limit: Int) -> Int {
        min(max(capacity.sockets(limit: limit), current), capacity.total - capacity.others) + capacity.others
    }

    /// Counts a connection in; false when it must be refused, which is counted, and logged once a minute.
    ///
    /// - Parameter limit: the bound of the configuration for WebSockets.
    func open(limit: Int) -> Bool {
        let bound = bound(limit: limit)
        guard all.add(1, ordering: .relaxed).newValue > bound else { return true }
        refused.increment()
        if let suppressed = reports.withLock({ $0.note(at: .now) }) {
            logger.warning(
                "Connections are refused: \(bound) are open, which is as many as there may be",
                metadata: ["suppressed": "\(suppressed)"])
        }
        return false
    }

    /// Counts a connection out, one that was refused included.
    func close() {
        all.subtract(1, ordering: .relaxed)
    }
}
