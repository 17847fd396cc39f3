/// How many connections the server may hold at the same time, by the number of files that the system lets it open.
///
/// Some files are kept in reserve, for the store, for requests to services, and for the runtime: when they run out, the
/// process ends. Some connections are kept for requests that are no WebSockets, so that a server full of WebSockets still
/// tells how it is doing.
package struct ConnectionCapacity: Sendable, Equatable {
    /// Connections of all kinds.
    package let total: Int
    /// Of these, the connections that no WebSocket may take.
    package let others: Int

    /// A capacity of as many connections as the machine bears.
    package static let unbounded = ConnectionCapacity(total: .max, others: 1_000)

    package init(total: Int, others: Int) {
        self.total = total
        self.others = others
    }

    /// The capacity of a process that has opened everything that it needs to begin.
    ///
    /// - Parameters:
    ///   - limit: How many files the process may have open at once.
    ///   - count: How many it has open.
    /// - Returns: `nil` when too few are left to serve anybody.
    package init?(openFiles limit: Int, inUse count: Int) {
        let reserve = min(16 + limit / 16, 256)
        let total = limit.subtractingReportingOverflow(count + reserve).partialValue
        guard total >= 8 else { return nil }
        self.init(total: total, others: min(total / 4, 1_000))
    }

    /// How many WebSocket connections there may be.
    ///
    /// - Parameter limit: The bound of the configuration.
    package func sockets(limit: Int) -> Int {
        min(limit, total - others)
    }
}
