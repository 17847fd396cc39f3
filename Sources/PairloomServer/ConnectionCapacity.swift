/// The number of connections that the server may hold, derived from the number of files that the system lets it open.
///
/// Some files are kept in reserve, for the store, for requests to services, and for the runtime: when they run out, the
/// process ends. Some connections are kept for requests that are no WebSockets, so that a server full of WebSockets still
/// tells how it is doing.
package struct ConnectionCapacity: Sendable, Equatable {
    /// Connections of all kinds.
    package let total: Int
    /// Of these, the connections that no WebSocket may take.
    package let others: Int

    /// No limit besides the configuration's.
    package static let unbounded = ConnectionCapacity(total: .max, others: 1_000)

    package init(total: Int, others: Int) {
        self.total = total
        self.others = others
    }

    /// The capacity of a process that has opened everything that it needs to begin.
    ///
    /// - Parameters:
    ///   - limit: The number of files that the process may have open.
    ///   - count: The number of files that it has open.
    /// - Returns: `nil` when too few are left to serve anybody.
    package init?(openFiles limit: Int, inUse count: Int) {
        let reserve = min(16 + limit / 10, 256)
        let total = limit.subtractingReportingOverflow(count + reserve).partialValue
        guard total >= 8 else { return nil }
        self.init(total: total, others: min(total / 4, 1_000))
    }

    /// The number of WebSocket connections that there may be.
    ///
    /// - Parameter limit: The bound of the configuration.
    package func sockets(limit: Int) -> Int {
        min(limit, total - others)
    }
}
