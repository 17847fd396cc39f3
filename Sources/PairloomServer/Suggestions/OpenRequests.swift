import Synchronization

/// The requests for suggestions that are under way, each client's newest: a newer one ends it.
final class OpenRequests: Sendable {
    private struct Entry {
        let serial: Int
        let task: Task<Suggestion, Never>
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var nextSerial = 0
    }

    private let state = Mutex(State())

    /// How many clients have one.
    var count: Int { state.withLock { $0.entries.count } }

    /// Notes a client's newest request, and cancels the one before it.
    ///
    /// - Returns: what to call ``end(_:of:)`` with.
    func begin(_ task: Task<Suggestion, Never>, of client: String) -> Int {
        let (serial, overtaken) = state.withLock { state in
            let serial = state.nextSerial
            state.nextSerial += 1
            let overtaken = state.entries.updateValue(Entry(serial: serial, task: task), forKey: client)
            return (serial, overtaken)
        }
        overtaken?.task.cancel()
        return serial
    }

    /// Forgets a request that has been answered, unless a newer one took its place.
    func end(_ serial: Int, of client: String) {
        state.withLock { state in
            if state.entries[client]?.serial == serial { state.entries[client] = nil }
        }
    }
}
